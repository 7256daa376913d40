package cli

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/analysis"
)

// NewSchema returns the command that prints the JSON Schema of what check prints
// with --format json.
func NewSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the report that check --format json prints",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			schema, err := reportSchema()
			if err != nil {
				return err
			}
			encoder := json.NewEncoder(cmd.OutOrStdout())
			encoder.SetIndent("", "  ")
			return encoder.Encode(schema)
		},
	}
}

// reportSchema is one self-contained JSON Schema (draft 2020-12).
func reportSchema() (map[string]any, error) {
	var schemas bind.Schemas
	root, err := schemas.Of(reflect.TypeFor[analysis.Report]())
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The schema of the report cannot be made.")
	}
	data, err := json.Marshal(map[string]any{"$defs": schemas.Components})
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The schema of the report cannot be written.")
	}
	document := make(map[string]any)
	if err := json.Unmarshal([]byte(strings.ReplaceAll(string(data), "#/components/schemas/", "#/$defs/")), &document); err != nil {
		return nil, domain.Internal.Wrap(err, "The schema of the report cannot be read back.")
	}
	maps.Copy(document, map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "docsteward check"})
	document["$ref"] = strings.Replace(root["$ref"].(string), "#/components/schemas/", "#/$defs/", 1)
	return document, nil
}
