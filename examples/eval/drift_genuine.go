package main

// genuine lists, by tuning module, alarms on the module as it is that are right: its code,
// searched by hand, has no trace of the name, or its go.mod asks for a newer Go. They
// count neither for precision nor against it. Those on modules held back stand among
// the readings. Never written.
var genuine = map[string][]string{
	"github.com/prometheus/prometheus": {"flag storage.tsdb.allow-overlapping-blocks"},
	"github.com/open-policy-agent/opa": {"variable IDENTITY_ENDPONT", "symbol gojsonschema.JsonContext", "symbol gojsonschema.NewJsonContext", "symbol debug.EvalProperties", "version go"},
}
