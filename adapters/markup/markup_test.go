package markup_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/adapters/markup"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/porttest"
)

const markdownSource = `---
title: Guide
tags: [a, b]
date: 2024-01-02
---
# Guide {#start}

See [the *other*](other.md#x "t"), ![logo](logo.png), <https://a.example/> and [ref].

> - quoted [item](q.md)
>
>   ` + "```sh\n>   etcd --port 2379\n>   ```" + `

Setext & more
-------------

| Name | Default |
|------|---------|
| ` + "`--port`" + ` | [2379](p.md) |

<a name="raw" href="raw.html">x</a>

[ref]: /target
`

const rstSource = `=====
Guide
=====

.. _start:

First steps
-----------
See ` + "`the other <other.html>`_, Python_ and `First steps`_." + ` Also https://a.example/x.

* one ` + "``code``" + `
* two::

      literal

1. first
   more

   nested paragraph

.. code-block:: Go
   :linenos:

   fmt.Println()

.. note:: Mind *this*.

   And :doc:` + "`that <that>`" + `.

======  =====
Name    Value
======  =====
port    2379
======  =====

term
  its definition

.. _Python: https://python.example/
`

const asciidocSource = `= Guide
:base: https://a.example

[[start]]
== First steps

See link:other.html[the *other*], xref:more.adoc#x[more], <<start,here>> and {base}.
https://b.example/y[B] or https://c.example.

* one ` + "`code`" + `
** nested link:{base}/z[z]
* two
+
[source,Go]
----
fmt.Println()
----

NOTE: Mind _this_.

|===
|Name |Value

|port |2379
|===

image::logo.png[Logo]
`

const htmlSource = `<!DOCTYPE html>
<html><head><title>T</title><style>p{}</style></head><body>
<h1 id="start">Guide &amp; more</h1>
<p>See <a href="other.html">the <em>other</em></a> and <img src="logo.png">.
<p>Second<ul><li>one<li><code>two</code></ul>
<table><tr><th>Name<th>Value<tr><td>port<td>2379</table>
<pre><code class="language-go">fmt.Println()
</code></pre>
<div>loose <b>text</b></div><h2>End</h2>
</body></html>
`

const openapiSource = `openapi: 3.0.0
info:
  title: Pets
  description: |
    All about pets.
    Really.
paths:
  /pets:
    get:
      summary: "List pets"
      responses:
        '200': {description: ok}
components:
  schemas:
    Pet:
      description: A pet.
`

const openapiJSON = `{"swagger": "2.0", "info": {"title": "Pets", "description": "All"},
 "paths": {"/pets": {"post": {"description": "Add one", "tags": []}}}}`

func samples() []porttest.MarkupSample {
	return []porttest.MarkupSample{
		{Name: "guide.md", Source: markdownSource, Headings: []string{"Guide", "Setext & more"}, FrontMatter: true,
			Targets: []string{"other.md#x", "logo.png", "https://a.example/", "/target", "q.md", "p.md", "raw.html"}},
		{Name: "guide.rst", Source: rstSource, Headings: []string{"Guide", "First steps"},
			Targets: []string{"other.html", "https://python.example/", "#first-steps", "https://a.example/x", "that"}},
		{Name: "guide.adoc", Source: asciidocSource, Headings: []string{"Guide", "First steps"},
			Targets: []string{"other.html", "more.adoc#x", "#start", "https://b.example/y", "https://c.example", "https://a.example/z", "logo.png"}},
		{Name: "guide.html", Source: htmlSource, Headings: []string{"Guide & more", "End"}, Targets: []string{"other.html", "logo.png"}},
		{Name: "pets.yaml", Source: openapiSource, Headings: []string{"Pets", "/pets", "GET /pets", "Pet"}},
		{Name: "pets.json", Source: openapiJSON, Headings: []string{"Pets", "/pets", "POST /pets"}},
		{Name: "notes.txt", Source: "one\ntwo\n\nthree\n"},
	}
}

func TestConformance(t *testing.T) { porttest.Markup(t, markup.New(), samples()...) }

func TestSpansOfEveryFormat(t *testing.T) {
	for name, want := range map[string][]string{
		"guide.rst": {
			"=====\nGuide\n=====", "First steps\n-----------",
			"See `the other <other.html>`_, Python_ and `First steps`_. Also https://a.example/x.",
			"one ``code``", "two::", "literal", "first\n   more", "nested paragraph",
			".. code-block:: Go\n   :linenos:\n\n   fmt.Println()", "Mind *this*.", "And :doc:`that <that>`.",
			"Name    Value", "port    2379", "term", "its definition",
		},
		"guide.adoc": {
			"= Guide", "== First steps",
			"See link:other.html[the *other*], xref:more.adoc#x[more], <<start,here>> and {base}.\nhttps://b.example/y[B] or https://c.example.",
			"one `code`", "nested link:{base}/z[z]", "two", "----\nfmt.Println()\n----", "Mind _this_.", "|Name |Value", "|port |2379",
			"image::logo.png[Logo]",
		},
		"guide.html": {
			`<h1 id="start">Guide &amp; more</h1>`, `<p>See <a href="other.html">the <em>other</em></a> and <img src="logo.png">.`,
			"<p>Second", "one", "<code>two</code>", "<tr><th>Name<th>Value", "<tr><td>port<td>2379",
			"<pre><code class=\"language-go\">fmt.Println()\n</code></pre>", "loose <b>text</b>", "<h2>End</h2>",
		},
		"pets.yaml": {"Pets", "|\n    All about pets.\n    Really.", "/pets", "get", `"List pets"`, "ok", "Pet", "A pet."},
		"pets.json": {`"Pets"`, `"All"`, `"/pets"`, `"post"`, `"Add one"`},
		"notes.txt": {"one\ntwo", "three"},
	} {
		for _, sample := range samples() {
			if sample.Name != name {
				continue
			}
			tree, err := markup.New().Parse(context.Background(), name, []byte(sample.Source))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range document.Spans([]byte(sample.Source), tree) {
				got = append(got, sample.Source[s.Start:s.End])
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
				t.Errorf("%s:\n got %q\nwant %q", name, got, want)
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	for text, want := range map[string]string{
		markdownSource: document.FormatMarkdown, rstSource: document.FormatRST, asciidocSource: document.FormatAsciiDoc,
		htmlSource: document.FormatHTML, openapiSource: document.FormatOpenAPI, openapiJSON: document.FormatOpenAPI,
		"Just words.": document.FormatPlain, "Title\n=====\n\nText": document.FormatMarkdown,
	} {
		tree, err := markup.New().Parse(context.Background(), "README", []byte(text))
		if err != nil || tree.Format != want {
			t.Errorf("%.20q: got %v, %v, want %s", text, tree.Format, err, want)
		}
	}
}

func Example() {
	source := []byte("Guide\n=====\n\nSee `the tuning guide <tuning.html>`_.\n")
	tree, err := markup.New().Parse(context.Background(), "guide.rst", source)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range document.Spans(source, tree) {
		fmt.Printf("%q\n", source[s.Start:s.End])
	}
	// Output:
	// "Guide\n====="
	// "See `the tuning guide <tuning.html>`_."
}
