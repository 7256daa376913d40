package domain

// Bounds of a page of a list.
const (
	// DefaultLimit is how many items a page holds when the caller does not say.
	DefaultLimit = 50
	// MaxLimit is the greatest number of items on one page.
	MaxLimit = 1000
)

// PageRequest asks for a stretch of an ordered list.
type PageRequest struct {
	// Limit is the greatest number of items wanted, 1 to MaxLimit; zero means DefaultLimit.
	Limit int
	// Offset is how many items to pass over, from 0.
	Offset int
}

// Normal returns the request with the default limit filled in and both numbers
// moved into their bounds.
func (r PageRequest) Normal() PageRequest {
	if r.Limit == 0 {
		r.Limit = DefaultLimit
	}
	return PageRequest{Limit: min(max(r.Limit, 1), MaxLimit), Offset: max(r.Offset, 0)}
}

// Page is a stretch of an ordered list, with the size of the whole.
type Page[T any] struct {
	// Items holds the stretch, in the order of the list; never more than Limit.
	Items []T
	// Total is how many items the whole list has.
	Total int
	// Limit and Offset repeat the request that was served.
	Limit, Offset int
}

// NewPage returns the page that answers request.
func NewPage[T any](items []T, total int, request PageRequest) Page[T] {
	return Page[T]{Items: items, Total: total, Limit: request.Limit, Offset: request.Offset}
}

// HasMore reports whether items follow after this page.
func (p Page[T]) HasMore() bool { return p.Offset+len(p.Items) < p.Total }

// MapPage returns the page with every item converted.
func MapPage[T, R any](p Page[T], convert func(T) R) Page[R] {
	items := make([]R, len(p.Items))
	for i, item := range p.Items {
		items[i] = convert(item)
	}
	return Page[R]{Items: items, Total: p.Total, Limit: p.Limit, Offset: p.Offset}
}
