package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"
	"unicode/utf16"
)

// writer numbers the objects of a file and notes where each begins.
type writer struct {
	buf     bytes.Buffer
	offsets []int
}

func (w *writer) reserve() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets)
}

func (w *writer) begin(n int) {
	w.offsets[n-1] = w.buf.Len()
	fmt.Fprintf(&w.buf, "%d 0 obj\n", n)
}

func (w *writer) put(n int, body string) {
	w.begin(n)
	w.buf.WriteString(body)
	w.buf.WriteString("\nendobj\n")
}

func (w *writer) object(body string) int {
	n := w.reserve()
	w.put(n, body)
	return n
}

// stream writes compressed data with further entries of its dictionary.
func (w *writer) stream(entries string, data []byte) int {
	var z bytes.Buffer
	// Level 3 takes a third of the time of the default and loses a few per cent on outlines.
	c, _ := zlib.NewWriterLevel(&z, 3)
	_, _ = c.Write(data) // into memory: cannot fail
	_ = c.Close()
	return w.raw(entries+" /Filter /FlateDecode", z.Bytes())
}

func (w *writer) raw(entries string, data []byte) int {
	n := w.reserve()
	w.begin(n)
	fmt.Fprintf(&w.buf, "<<%s /Length %d>>\nstream\n", entries, len(data))
	w.buf.Write(data)
	w.buf.WriteString("\nendstream\nendobj\n")
	return n
}

// WriteTo writes the file.
func (d *Doc) WriteTo(out io.Writer) (int64, error) {
	w := &writer{}
	w.buf.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	catalog, tree := w.reserve(), w.reserve()
	resources := w.reserve()

	var kids []string
	for _, p := range d.pages {
		content := w.stream("", p.content)
		n := w.object(fmt.Sprintf("<</Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Resources %d 0 R /Contents %d 0 R>>",
			tree, appendNumber(nil, pt(p.width)), appendNumber(nil, pt(p.height)), resources, content))
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	w.put(tree, fmt.Sprintf("<</Type /Pages /Count %d /Kids [%s]>>", len(d.pages), strings.Join(kids, " ")))

	var fonts, images string
	for _, f := range d.faces {
		fonts += fmt.Sprintf("/%s %d 0 R ", f.name, f.write(w))
	}
	for i, img := range d.images {
		images += fmt.Sprintf("/I%d %d 0 R ", i+1, writeImage(w, img))
	}
	w.put(resources, fmt.Sprintf("<</Font <<%s>> /XObject <<%s>>>>", fonts, images))

	icc := w.stream("/N 3", sRGB())
	intent := w.object(fmt.Sprintf("<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "+
		"/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>", icc))
	meta := w.raw("/Type /Metadata /Subtype /XML", d.xmp()) // not compressed: archives look for it
	w.put(catalog, fmt.Sprintf("<</Type /Catalog /Pages %d 0 R /OutputIntents [%d 0 R] /Metadata %d 0 R "+
		"/Lang (zh-CN) /ViewerPreferences <</DisplayDocTitle true>>>>", tree, intent, meta))
	info := w.object(d.info())

	start := w.buf.Len()
	id := sha256.Sum256(w.buf.Bytes())
	fmt.Fprintf(&w.buf, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, off := range w.offsets {
		fmt.Fprintf(&w.buf, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&w.buf, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, catalog, info, id[:16], id[:16], start)
	n, err := out.Write(w.buf.Bytes())
	return int64(n), err
}

func (d *Doc) info() string {
	entries := map[string]string{
		"Title": d.opts.Title, "Author": d.opts.Author, "Subject": d.opts.Subject,
		"Keywords": d.opts.Keywords, "Creator": d.opts.Creator, "Producer": d.opts.Creator,
	}
	var keys []string
	for k, v := range entries {
		if v != "" {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	b := []byte("<<")
	for _, k := range keys {
		b = fmt.Appendf(b, "/%s <FEFF", k)
		for _, u := range utf16.Encode([]rune(entries[k])) {
			b = fmt.Appendf(b, "%04X", u)
		}
		b = append(b, '>', ' ')
	}
	if t := d.opts.Created; !t.IsZero() {
		zone := t.Format("-07:00")
		b = fmt.Appendf(b, "/CreationDate (D:%s%s'%s')", t.Format("20060102150405"), zone[:3], zone[4:])
	}
	return string(b) + ">>"
}

// xmp says the same as info, and that the file is PDF/A-2b.
func (d *Doc) xmp() []byte {
	esc := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ` +
		`xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
		"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>")
	element := func(open, value, end string) {
		if value != "" {
			b.WriteString(open + esc.Replace(value) + end)
		}
	}
	o := d.opts
	element(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, o.Title, "</rdf:li></rdf:Alt></dc:title>")
	element("<dc:creator><rdf:Seq><rdf:li>", o.Author, "</rdf:li></rdf:Seq></dc:creator>")
	element(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">`, o.Subject, "</rdf:li></rdf:Alt></dc:description>")
	element("<pdf:Keywords>", o.Keywords, "</pdf:Keywords>")
	element("<xmp:CreatorTool>", o.Creator, "</xmp:CreatorTool>")
	element("<pdf:Producer>", o.Creator, "</pdf:Producer>")
	if !o.Created.IsZero() {
		element("<xmp:CreateDate>", o.Created.Format(time.RFC3339), "</xmp:CreateDate>")
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return []byte(b.String())
}
