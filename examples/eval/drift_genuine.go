package main

// genuine lists, by module, alarms on the module as it is that are right: its code,
// searched by hand, has no trace of the name, or its go.mod asks for a newer Go. They
// count neither for precision nor against it. Never written.
var genuine = map[string][]string{
	"github.com/prometheus/prometheus": {"flag storage.tsdb.allow-overlapping-blocks"},
	"github.com/open-policy-agent/opa": {"variable IDENTITY_ENDPONT", "symbol gojsonschema.JsonContext", "symbol gojsonschema.NewJsonContext"},
	"github.com/argoproj/argo-cd/v2":   {"target install-code-gen-tools-local"},
	"github.com/gofiber/fiber/v2":      {"target betteralign", "target modernize"},
	"github.com/cortexproject/cortex":  {"flag ingester.flush-on-shutdown-with-wal-enabled"},
	"github.com/coredns/coredns":       {"symbol msg.Msg"},
	"github.com/air-verse/air":         {"version go"},
	"github.com/mikefarah/yq/v4":       {"version go"},
}
