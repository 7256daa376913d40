package python_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/facts/python"
	"github.com/docsteward/docsteward/ports/porttest"
)

func FuzzExtract(f *testing.F) {
	for _, seed := range []string{"class A(BaseSettings):\n  x: int = 1\n", "@app.get(f\"/{a}\")\ndef f(): os.getenv(\"A\", -1)", "x = \"\"\"open", "urlpatterns = [re_path(r\"^(\", a)]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		porttest.CheckFacts(t, "app.py", source, python.Extract("app.py", []byte(source)))
	})
}
