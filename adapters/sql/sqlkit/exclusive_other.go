//go:build !unix

package sqlkit

// exclusiveVFS is empty where SQLite has no such file layer: other processes may
// open the file too.
const exclusiveVFS = ""
