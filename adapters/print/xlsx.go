package print

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/ports/reporting"
)

// Kinds of cells, as xl/styles.xml numbers them.
const (
	styleText = iota
	styleBold
)

// The parts of a workbook that are the same in all.
const (
	relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
		`<cellXfs count="2"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/></cellXfs></styleSheet>`
	spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// writeXLSX writes a workbook: a sheet that tells what the report is, and one for each
// section. Texts are strings of their cells, so that none is a formula.
func writeXLSX(out *bytes.Buffer, d reporting.Document) error {
	sheets := []sheet{aboutSheet(d)}
	for _, s := range d.Sections {
		sheets = append(sheets, sectionSheet(s, sheets))
	}
	archive := zip.NewWriter(out)
	add := func(name, body string) error {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // without a time
		if err == nil {
			_, err = io.WriteString(file, xml.Header+body)
		}
		return err
	}
	for _, part := range parts(sheets) {
		if err := add(part[0], part[1]); err != nil {
			return err
		}
	}
	return archive.Close()
}

// parts are the files of the workbook: names and contents.
func parts(sheets []sheet) [][2]string {
	var types, workbook, links strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, spreadsheet)
		fmt.Fprintf(&workbook, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name), i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	all := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + spreadsheet + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + spreadsheet + `styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", relations},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + workbook.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`, len(sheets)+1)},
		{"xl/styles.xml", styles},
	}
	for i, s := range sheets {
		all = append(all, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1),
			`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
				`<cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="12" width="22" customWidth="1"/></cols>` +
				`<sheetData>` + s.rows.String() + `</sheetData></worksheet>`})
	}
	return all
}

// sheet is a sheet of a workbook as it grows.
type sheet struct {
	name string
	rows *strings.Builder
	last *int
}

func newSheet(name string) sheet { return sheet{name, new(strings.Builder), new(int)} }

// row adds a row of cells.
func (s sheet) row(style int, cells ...reporting.Cell) {
	*s.last++
	fmt.Fprintf(s.rows, `<row r="%d">`, *s.last)
	for i, c := range cells {
		place := column(i) + strconv.Itoa(*s.last)
		if c.Number != nil {
			fmt.Fprintf(s.rows, `<c r="%s" s="%d"><v>%s</v></c>`, place, style, strconv.FormatFloat(*c.Number, 'g', -1, 64))
		} else if c.Text != "" {
			fmt.Fprintf(s.rows, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, place, style, escaped(short(c.Text, 32000)))
		}
	}
	s.rows.WriteString("</row>")
}

// space leaves a row empty.
func (s sheet) space() { *s.last++ }

// column names a column: 0 is A, 26 is AA.
func column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
