// Package reporting is the published language of reporting: reports that are made from
// what the other services tell, in several formats, once or by a schedule, and brought
// to their readers.
package reporting
