package cli_test

import (
	"bytes"
	"context"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/docsteward/docsteward/adapters/cli"
	"github.com/docsteward/docsteward/ports/usecase"
)

// FileNote is a command of a toy service.
type FileNote struct {
	Title string         `json:"title" path:"title"`
	Lines int            `json:"lines"`
	Tags  []string       `json:"tags"`
	Extra map[string]any `json:"extra"`
}

// WatchNotes opens a stream of a toy service.
type WatchNotes struct{}

// notes is the menu of a toy service that answers with the command, and streams two.
type notes struct {
	FileNote   usecase.Port[FileNote, FileNote]
	WatchNotes usecase.Stream[WatchNotes, FileNote]
}

func newNotes() (cli.Tables, func(*cobra.Command) (cli.Tables, error)) {
	menu := new(notes)
	menu.FileNote.HandleFunc(func(_ context.Context, c FileNote) (FileNote, error) { return c, nil })
	menu.WatchNotes.HandleFunc(func(context.Context, WatchNotes) (iter.Seq2[FileNote, error], error) {
		return func(yield func(FileNote, error) bool) {
			_ = yield(FileNote{Title: "a"}, nil) && yield(FileNote{Title: "b"}, nil)
		}, nil
	})
	tables := cli.Tables{"notes": {
		usecase.Put("/notes/{title}", "File a note.", &menu.FileNote), usecase.Watch("/notes", "Watch notes.", &menu.WatchNotes),
	}}
	return tables, func(*cobra.Command) (cli.Tables, error) { return tables, nil }
}

func ExampleNewAPI() {
	api := cli.NewAPI(newNotes())
	api.SetOut(os.Stdout)
	api.SetArgs([]string{"notes", "file-note", "title=2026", "lines=3", `tags=["a","b"]`})
	if err := api.Execute(); err != nil {
		api.PrintErrln(err)
	}
	// Output:
	// {
	//   "title": "2026",
	//   "lines": 3,
	//   "tags": [
	//     "a",
	//     "b"
	//   ],
	//   "extra": {}
	// }
}

func ExampleNewAPI_stream() {
	api := cli.NewAPI(newNotes())
	api.SetOut(os.Stdout)
	api.SetArgs([]string{"notes", "watch-notes"})
	if err := api.Execute(); err != nil {
		api.PrintErrln(err)
	}
	// Output:
	// {"title":"a","lines":0,"tags":[],"extra":{}}
	// {"title":"b","lines":0,"tags":[],"extra":{}}
}

func TestATextIsTakenAsItStands(t *testing.T) {
	for given, want := range map[string]string{
		"title=true": `"title": "true"`, `title={"a":1}`: `"title": "{\"a\":1}"`, `title="quoted"`: `"title": "\"quoted\""`,
		`extra={"n":1}`: `"n": 1`,
	} {
		api := cli.NewAPI(newNotes())
		var out bytes.Buffer
		api.SetOut(&out)
		api.SetErr(&out)
		args := []string{"notes", "FileNote", given}
		if !strings.HasPrefix(given, "title=") {
			args = append(args, "title=x")
		}
		api.SetArgs(args)
		if err := api.Execute(); err != nil || !strings.Contains(out.String(), want) {
			t.Errorf("%s: got %s, %v", given, out.String(), err)
		}
	}
}
