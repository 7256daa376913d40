package golang

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"strings"
	"time"
)

// units are the constants of package time. Never written.
var units = map[string]time.Duration{
	"Nanosecond": time.Nanosecond, "Microsecond": time.Microsecond, "Millisecond": time.Millisecond,
	"Second": time.Second, "Minute": time.Minute, "Hour": time.Hour,
}

// value is a constant; a duration prints as one.
type value struct {
	constant constant.Value
	duration bool
}

// text returns the string that an expression is known to have. Variables count
// with what they are declared with: a name in a variable is still a name.
func (s *source) text(e ast.Expr) (string, bool) {
	if literal, ok := e.(*ast.BasicLit); ok {
		return unquote(literal)
	}
	v, ok := s.evaluate(e, true, 0)
	if !ok || v.constant.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v.constant), true
}

func unquote(literal *ast.BasicLit) (string, bool) {
	if literal.Kind != token.STRING {
		return "", false
	}
	raw := literal.Value
	if len(raw) >= 2 && raw[0] == '"' && raw[len(raw)-1] == '"' && strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1], true
	}
	text, err := strconv.Unquote(raw)
	return text, err == nil
}

// number returns the integer that an expression is certain to have.
func (s *source) number(e ast.Expr) (int64, bool) {
	v, ok := s.evaluate(e, false, 0)
	if !ok || v.constant.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v.constant)
}

// printed returns a value as a user would write it, when it is certain: text as it
// is, numbers in decimal, durations as Go prints them, lists joined by commas.
func (s *source) printed(e ast.Expr, duration bool) (string, bool) {
	if literal, ok := e.(*ast.CompositeLit); ok {
		return s.printedList(literal)
	}
	v, ok := s.evaluate(e, false, 0)
	if !ok {
		return "", false
	}
	switch v.constant.Kind() {
	case constant.String:
		return constant.StringVal(v.constant), true
	case constant.Bool:
		return strconv.FormatBool(constant.BoolVal(v.constant)), true
	case constant.Int:
		n, exact := constant.Int64Val(v.constant)
		if !exact {
			return v.constant.ExactString(), true
		}
		if v.duration || duration {
			return time.Duration(n).String(), true
		}
		return strconv.FormatInt(n, 10), true
	case constant.Float:
		n, _ := constant.Float64Val(v.constant)
		if v.duration || duration {
			return time.Duration(n).String(), true
		}
		return strconv.FormatFloat(n, 'f', -1, 64), true
	}
	return "", false
}

func (s *source) printedList(literal *ast.CompositeLit) (string, bool) {
	if _, ok := literal.Type.(*ast.ArrayType); !ok || len(literal.Elts) > 20 {
		return "", false
	}
	items := make([]string, 0, len(literal.Elts))
	for _, e := range literal.Elts {
		if _, nested := e.(*ast.CompositeLit); nested {
			return "", false
		}
		item, ok := s.printed(e, false)
		if !ok {
			return "", false
		}
		items = append(items, item)
	}
	return strings.Join(items, ","), true
}

func (s *source) evaluate(e ast.Expr, variables bool, depth int) (value, bool) {
	if depth > 20 {
		return value{}, false
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		v := constant.MakeFromLiteral(e.Value, e.Kind, 0)
		return value{constant: v}, v.Kind() != constant.Unknown
	case *ast.ParenExpr:
		return s.evaluate(e.X, variables, depth+1)
	case *ast.Ident:
		return s.evaluateName(e.Name, variables, depth)
	case *ast.SelectorExpr:
		return evaluateSelector(e)
	case *ast.CallExpr:
		return s.evaluateConversion(e, variables, depth)
	case *ast.UnaryExpr:
		x, ok := s.evaluate(e.X, variables, depth+1)
		if !ok || e.Op != token.SUB && e.Op != token.NOT {
			return value{}, false
		}
		return guarded(func() value { return value{constant.UnaryOp(e.Op, x.constant, 0), x.duration} })
	case *ast.BinaryExpr:
		x, ok := s.evaluate(e.X, variables, depth+1)
		if !ok {
			return value{}, false
		}
		y, ok := s.evaluate(e.Y, variables, depth+1)
		if !ok {
			return value{}, false
		}
		return operate(e.Op, x, y)
	}
	return value{}, false
}

func (s *source) evaluateName(name string, variables bool, depth int) (value, bool) {
	switch name {
	case "true", "false":
		return value{constant: constant.MakeBool(name == "true")}, true
	}
	if e, ok := s.constants[name]; ok {
		return s.evaluate(e, variables, depth+1)
	}
	if e, ok := s.variables[name]; ok && (variables || strings.HasPrefix(strings.ToLower(name), "default")) {
		return s.evaluate(e, variables, depth+1)
	}
	return value{}, false
}

func evaluateSelector(e *ast.SelectorExpr) (value, bool) {
	x, ok := e.X.(*ast.Ident)
	if !ok {
		return value{}, false
	}
	switch x.Name {
	case "time":
		if unit, ok := units[e.Sel.Name]; ok {
			return value{constant.MakeInt64(int64(unit)), true}, true
		}
	case "http":
		if method, ok := strings.CutPrefix(e.Sel.Name, "Method"); ok && method != "" {
			return value{constant: constant.MakeString(strings.ToUpper(method))}, true
		}
	}
	return value{}, false
}

// evaluateConversion looks through time.Duration(x), model.Duration(x), string(x)
// and the types of this package.
func (s *source) evaluateConversion(e *ast.CallExpr, variables bool, depth int) (value, bool) {
	if len(e.Args) != 1 {
		return value{}, false
	}
	duration := false
	switch fn := e.Fun.(type) {
	case *ast.Ident:
		switch fn.Name {
		case "string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "bool":
		default:
			if !s.named[fn.Name] {
				return value{}, false
			}
			duration = strings.HasSuffix(fn.Name, "Duration")
		}
	case *ast.SelectorExpr:
		if duration = fn.Sel.Name == "Duration"; !duration {
			return value{}, false
		}
	default:
		return value{}, false
	}
	v, ok := s.evaluate(e.Args[0], variables, depth+1)
	v.duration = v.duration || duration
	return v, ok && (!duration || v.constant.Kind() == constant.Int)
}

func operate(op token.Token, x, y value) (value, bool) {
	switch op {
	case token.SHL, token.SHR:
		n, exact := constant.Uint64Val(y.constant)
		if y.constant.Kind() != constant.Int || x.constant.Kind() != constant.Int || !exact || n > 63 {
			return value{}, false
		}
		return value{constant.Shift(x.constant, op, uint(n)), x.duration}, true
	case token.ADD, token.SUB, token.MUL, token.QUO, token.REM, token.AND, token.OR, token.XOR:
		if x.constant.Kind() == constant.String != (y.constant.Kind() == constant.String) {
			return value{}, false
		}
		if (op == token.QUO || op == token.REM) && (y.constant.Kind() != constant.Int && y.constant.Kind() != constant.Float || constant.Sign(y.constant) == 0) {
			return value{}, false
		}
		if op == token.QUO && x.constant.Kind() == constant.Int && y.constant.Kind() == constant.Int {
			op = token.QUO_ASSIGN // that of integers
		}
		return guarded(func() value { return value{constant.BinaryOp(x.constant, op, y.constant), x.duration || y.duration} })
	}
	return value{}, false
}

// guarded turns the panic of an operation that its operands do not have into
// an unknown value: what does not compile is read too.
func guarded(fn func() value) (v value, ok bool) {
	defer func() {
		if recover() != nil {
			v, ok = value{}, false
		}
	}()
	v = fn()
	return v, v.constant.Kind() != constant.Unknown
}
