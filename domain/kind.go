package domain

// Kind says what sort of failure a Fault is. The list is closed: every face of
// the system (HTTP status, exit code, MCP error) maps each Kind once.
//
// A Kind is itself an error, so that errors.Is(err, domain.NotFound) holds for
// any error that wraps a Fault of that Kind.
type Kind uint8

// The kinds. Only the place of Internal, the zero Kind, has a meaning.
const (
	// Internal is an unexpected failure of this program. It is the zero Kind.
	Internal Kind = iota
	// Storage is a failure of the store. With Fault.RetryAfter set, the store is
	// away for a while and the same call may succeed later.
	Storage
	// Invalid is input that breaks its schema: malformed, missing or out of bounds.
	Invalid
	// Rejected is well-formed input that fails a business check.
	Rejected
	// Unauthenticated is a caller without valid credentials.
	Unauthenticated
	// Forbidden is a known caller who lacks the permission.
	Forbidden
	// NotFound is a resource that does not exist.
	NotFound
	// Conflict is a duplicate, or a write based on a stale version.
	Conflict
	// TooLarge is input over a size limit.
	TooLarge
	// RateLimited is a caller over a quota; Fault.RetryAfter says when to come back.
	RateLimited
	// Upstream is another system that answered with an error.
	Upstream
	// Unavailable is a dependency, or this service, that cannot serve now.
	Unavailable
	// Timeout is a deadline that passed, or a caller that gave up.
	Timeout
)

// kindNames is never written.
var kindNames = [...]string{
	Internal:        "internal",
	Storage:         "storage",
	Invalid:         "invalid",
	Rejected:        "rejected",
	Unauthenticated: "unauthenticated",
	Forbidden:       "forbidden",
	NotFound:        "not found",
	Conflict:        "conflict",
	TooLarge:        "too large",
	RateLimited:     "rate limited",
	Upstream:        "upstream",
	Unavailable:     "unavailable",
	Timeout:         "timeout",
}

// Kinds returns every Kind once, in declaration order, so that tests can prove
// a table exhaustive.
func Kinds() []Kind {
	kinds := make([]Kind, len(kindNames))
	for i := range kinds {
		kinds[i] = Kind(i)
	}
	return kinds
}

// String returns the name of the kind in words, or "unknown kind" for a value
// outside the list.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown kind"
}

// KindNamed returns the kind of the name, as String gives it; Internal for a name that
// no kind has, so that what was written by a later program can be read.
func KindNamed(name string) Kind {
	for kind, known := range kindNames {
		if known == name {
			return Kind(kind)
		}
	}
	return Internal
}

// Error makes a Kind usable as the target of errors.Is.
func (k Kind) Error() string { return k.String() }

// New returns a fault of this kind. The message is shown to users: it says what
// to do and holds no secret.
func (k Kind) New(message string) *Fault {
	return &Fault{Kind: k, Message: message}
}

// Wrap returns a fault of this kind with a cause. It is the only way to set the
// cause, which is logged and never shown.
func (k Kind) Wrap(cause error, message string) *Fault {
	return &Fault{Kind: k, Message: message, cause: cause}
}
