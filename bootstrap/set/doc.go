// Package set holds the provider sets that compositions are made of: one per
// technology, and one per service that names no technology. A composition
// differs from another only in the sets that it lists.
package set
