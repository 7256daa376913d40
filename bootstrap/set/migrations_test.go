package set

import (
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/docsteward/docsteward/adapters/sql/healthsql"
	"github.com/docsteward/docsteward/adapters/sql/infrastructuresql"
	"github.com/docsteward/docsteward/adapters/sql/ingestsql"
	"github.com/docsteward/docsteward/adapters/sql/querysql"
	"github.com/docsteward/docsteward/adapters/sql/registrysql"
	"github.com/docsteward/docsteward/adapters/sql/workflowssql"
)

func TestLayersAreOneFileSystem(t *testing.T) {
	both := layered{fstest.MapFS{"m/a": {Data: []byte("1")}}, fstest.MapFS{"m/b": {Data: []byte("2")}, "m/a": {Data: []byte("3")}}}
	listed, err := fs.Glob(both, "m/*")
	if err != nil || !slices.Equal(listed, []string{"m/a", "m/b"}) {
		t.Errorf("listed %v, %v", listed, err)
	}
	first, err := fs.ReadFile(both, "m/a")
	if err != nil || string(first) != "1" {
		t.Errorf("the first layer counts: %q, %v", first, err)
	}
	if _, err := fs.ReadDir(both, "n"); err == nil {
		t.Error("a folder that no layer has")
	}
}

// Migrations of one database are told apart by their numbers.
func TestMigrationsOfTheOrchestratorDoNotCollide(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		numbers := map[string]string{}
		for _, layer := range (layered{workflowssql.Migrations, querysql.Migrations, registrysql.Migrations, healthsql.Migrations, infrastructuresql.Migrations, ingestsql.Migrations}) {
			files, err := fs.ReadDir(layer, "migrations/"+dialect)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if other := numbers[file.Name()[:5]]; other != "" {
					t.Errorf("%s and %s have one number", other, file.Name())
				}
				numbers[file.Name()[:5]] = file.Name()
			}
		}
	}
}
