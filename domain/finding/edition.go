package finding

import "strings"

// Edition returns the folder that tells which version of the documentation a
// document belongs to, with the folders above; empty where there is none.
func Edition(name string) string {
	for at := 0; ; {
		end := strings.IndexByte(name[at:], '/')
		if end < 0 {
			return ""
		}
		if IsVersion(name[at : at+end]) {
			return name[:at+end]
		}
		at += end + 1
	}
}

// IsVersion reports whether a folder is named like a version: v3.4, 1.2,
// release-1.2, latest and the like.
func IsVersion(folder string) bool {
	folder = strings.TrimPrefix(strings.TrimPrefix(folder, "release-"), "v")
	return folder == "latest" || folder == "next" || folder != "" && folder[0] >= '0' && folder[0] <= '9' && strings.Trim(folder, "0123456789.x-") == ""
}
