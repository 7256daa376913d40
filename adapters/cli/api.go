package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Tables maps the id of a service to its operations.
type Tables map[string][]usecase.Operation

// NewAPI returns the command that calls any operation of any service: it reads
// the tables that the server reads. open fills the tables when an operation is
// called; listing them needs nothing.
func NewAPI(empty Tables, open func(cmd *cobra.Command) (Tables, error)) *cobra.Command {
	api := &cobra.Command{
		Use:   "api SERVICE OPERATION [name=value ...] [--data JSON]",
		Short: "Call any operation of a service",
		Long:  "Call any operation of a service. Without an operation, list what the service offers.\nA stream is printed as one JSON object a line.\nValues are given as name=value, or all at once as one JSON object with --data (- reads it from standard input).",
		Args:  cobra.MinimumNArgs(1),
	}
	data := api.Flags().String("data", "", "the whole command as a JSON object, or - for standard input")
	api.RunE = func(cmd *cobra.Command, args []string) error {
		table, ok := empty[args[0]]
		if !ok {
			return domain.NotFound.New("There is no service " + args[0] + "; the services are " + strings.Join(keys(empty), ", ") + ".")
		}
		if len(args) == 1 {
			return listOperations(cmd.OutOrStdout(), table)
		}
		filled, err := open(cmd)
		if err != nil {
			return err
		}
		op, err := findOperation(filled[args[0]], args[1])
		if err != nil {
			return err
		}
		return callOperation(cmd, op, args[2:], *data)
	}
	return api
}

func keys(t Tables) []string {
	names := make([]string, 0, len(t))
	for name := range t {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func listOperations(w io.Writer, table []usecase.Operation) error {
	for _, op := range table {
		if _, err := fmt.Fprintf(w, "%-26s %-6s %-52s %s\n", op.Slug(), op.Method, op.Path, op.Doc); err != nil {
			return err
		}
	}
	return nil
}

func findOperation(table []usecase.Operation, name string) (usecase.Operation, error) {
	i := slices.IndexFunc(table, func(op usecase.Operation) bool { return op.Slug() == name || op.Name == name })
	if i < 0 {
		return usecase.Operation{}, domain.NotFound.New("There is no operation " + name + "; leave it out to list them.")
	}
	return table[i], nil
}

func callOperation(cmd *cobra.Command, op usecase.Operation, pairs []string, data string) error {
	plan, err := bind.For(op.Slot.Command())
	if err != nil {
		return err
	}
	body, err := bodyOf(cmd, plan, pairs, data)
	if err != nil {
		return err
	}
	command := op.Slot.NewCommand()
	if err := plan.BindJSON(command, bytes.NewReader(body)); err != nil {
		return err
	}
	reply, err := op.Slot.Invoke(cmd.Context(), command)
	if err != nil {
		return err
	}
	if items, ok := reply.Value.(iter.Seq2[any, error]); ok {
		for item, err := range items {
			if err != nil {
				return err
			}
			if err := printJSON(cmd, item, ""); err != nil {
				return err
			}
		}
		return nil
	}
	if reply.Message != "" {
		cmd.PrintErrln(reply.Message)
	}
	return printJSON(cmd, reply.Value, "  ")
}

// bodyOf makes one JSON object of the name=value pairs, or takes --data. The value
// of a text is taken as it stands; any other is JSON, or else a string.
func bodyOf(cmd *cobra.Command, plan *bind.Plan, pairs []string, data string) ([]byte, error) {
	switch {
	case data != "" && len(pairs) > 0:
		return nil, domain.Invalid.New("Give either --data or name=value pairs.")
	case data == "-":
		return io.ReadAll(cmd.InOrStdin())
	case data != "":
		return []byte(data), nil
	}
	object := make(map[string]any, len(pairs))
	for _, pair := range pairs {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, domain.Invalid.New("The argument " + pair + " is not name=value.")
		}
		var parsed any
		if plan.IsText(name) || json.Unmarshal([]byte(value), &parsed) != nil {
			parsed = value
		}
		object[name] = parsed
	}
	return json.Marshal(object)
}
