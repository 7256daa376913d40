package cli

import (
	"bytes"
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
)

// printJSON prints a value as the other faces write it, on a line of its own.
// indent is what each level is moved by; "" keeps it on that one line.
func printJSON(cmd *cobra.Command, value any, indent string) error {
	data, err := bind.Value(value)
	if err != nil {
		return domain.Internal.Wrap(err, "The answer cannot be written as JSON.")
	}
	var out bytes.Buffer
	if indent == "" {
		out.Write(data)
	} else if err := json.Indent(&out, data, "", indent); err != nil {
		return domain.Internal.Wrap(err, "The answer cannot be written as JSON.")
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(cmd.OutOrStdout())
	return err
}
