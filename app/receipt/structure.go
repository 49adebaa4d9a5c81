package receipt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// fpdf can mark text but not say what the marks mean. That is appended to what
// it has written, as PDF provides for changes: objects in the place of some that
// are there, new ones, and a table of where they stand (ISO 32000-1, 7.5.6).

// An element is a part of the logical structure (ISO 32000-1, 14.7): it has
// either further elements or marks.
type element struct {
	kind  string // one of the standard structure types, such as H1
	lang  string // if it is not that of the document
	kids  []*element
	marks []mark

	object int // its number in the file
}

// A mark is a part of a page that belongs to an element.
type mark struct{ page, id int } // both counted from 0; the id by page

// add adds an element at the end of e.
func (e *element) add(kind, lang string) *element {
	kid := &element{kind: kind, lang: lang}
	e.kids = append(e.kids, kid)
	return kid
}

// each calls do with e and all below it, in the order in which they are read.
func (e *element) each(do func(*element)) {
	do(e)
	for _, kid := range e.kids {
		kid.each(do)
	}
}

// An update is what is appended to a file.
type update struct {
	written
	body    bytes.Buffer
	offsets map[int]int // of its objects, by number
	next    int         // the number of the next new object
}

// tag returns pdf, as fpdf has written it, with the structure that root and all
// below it make of the marks in it.
func tag(pdf []byte, root *element) ([]byte, error) {
	w, err := read(pdf)
	if err != nil {
		return nil, err
	}
	u := &update{written: w, offsets: make(map[int]int), next: len(w.offsets)}
	tree, parents := u.number(), u.number()
	root.each(func(e *element) { e.object = u.number() })
	u.put(tree, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R>>", root.object, parents))
	u.put(parents, u.parents(root))
	u.structure(root, tree)
	for i, page := range u.pages {
		u.amend(page, "/Type /Page\n", fmt.Sprintf("/StructParents %d /Tabs /S\n", i))
	}
	u.amend(u.catalogue, "/Type /Catalog\n", fmt.Sprintf(
		"/Version /1.7 /StructTreeRoot %d 0 R /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>\n", tree))
	return u.finish(), nil
}

// number returns the number of a new object.
func (u *update) number() int {
	u.next++
	return u.next - 1
}

// put puts an object into the file, in the place of one that has its number.
func (u *update) put(object int, content string) {
	u.offsets[object] = len(u.pdf) + u.body.Len()
	fmt.Fprintf(&u.body, "%d 0 obj\n%s\nendobj\n", object, content)
}

// amend adds entries to an object, behind one that it has.
func (u *update) amend(object int, behind, entries string) {
	u.put(object, strings.Replace(u.object(object), behind, behind+entries, 1))
}

// structure puts e and all below it.
func (u *update) structure(e *element, parent int) {
	var kids strings.Builder
	for _, kid := range e.kids {
		fmt.Fprintf(&kids, "%d 0 R ", kid.object)
		u.structure(kid, e.object)
	}
	for _, m := range e.marks {
		fmt.Fprintf(&kids, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", u.pages[m.page], m.id)
	}
	var lang string
	if e.lang != "" {
		lang = "/Lang (" + e.lang + ") "
	}
	u.put(e.object, fmt.Sprintf("<</Type /StructElem /S /%s %s/P %d 0 R /K [%s]>>", e.kind, lang, parent, kids.String()))
}

// parents returns the tree that leads from the marks of each page, which are
// counted in the order in which they are read, to their elements.
func (u *update) parents(root *element) string {
	owners := make([]map[int]int, len(u.pages))
	for i := range owners {
		owners[i] = make(map[int]int)
	}
	root.each(func(e *element) {
		for _, m := range e.marks {
			owners[m.page][m.id] = e.object
		}
	})
	var tree strings.Builder
	for page, owner := range owners {
		fmt.Fprintf(&tree, "%d [", page)
		for id := range len(owner) {
			fmt.Fprintf(&tree, "%d 0 R ", owner[id])
		}
		tree.WriteString("] ")
	}
	return "<</Nums [" + tree.String() + "]>>"
}

// finish returns the file with all that was put.
func (u *update) finish() []byte {
	at := len(u.pdf) + u.body.Len()
	u.body.WriteString("xref\n")
	numbers := make([]int, 0, len(u.offsets))
	for object := range u.offsets {
		numbers = append(numbers, object)
	}
	slices.Sort(numbers)
	for _, object := range numbers {
		fmt.Fprintf(&u.body, "%d 1\n%010d 00000 n \n", object, u.offsets[object])
	}
	fmt.Fprintf(&u.body, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		u.next, u.catalogue, u.info, u.table, at)
	return slices.Concat(u.pdf, u.body.Bytes())
}
