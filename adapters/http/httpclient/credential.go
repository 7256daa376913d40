package httpclient

import "context"

// EnvironmentKey returns a Credential that reads a key by its name each time,
// so that a renewed secret is found without a restart. get is os.Getenv, or any
// other place that knows secrets by name.
func EnvironmentKey(name string, get func(string) string) func(context.Context, bool) (string, error) {
	return func(context.Context, bool) (string, error) { return get(name), nil }
}
