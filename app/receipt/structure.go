package receipt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// fpdf can mark content but cannot write the structure to which the marks refer.
// The structure is therefore appended to its file as an incremental update (ISO
// 32000-1, 7.5.6): new objects, objects that replace earlier ones, and a
// cross-reference table for both.

// An element is an element of the logical structure (ISO 32000-1, 14.7). It has
// either other elements or marked content.
type element struct {
	kind     string // a standard structure type, such as H1
	lang     string // "": that of the document
	children []*element
	marks    []markedContent

	number int // the object number in the file
}

// A markedContent is a part of a page, with its id on that page.
type markedContent struct{ page, id int } // both from 0

// add adds an element behind the children of e and returns it.
func (e *element) add(kind, lang string) *element {
	child := &element{kind: kind, lang: lang}
	e.children = append(e.children, child)
	return child
}

// walk calls visit with e and every element below it, in reading order.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, child := range e.children {
		child.walk(visit)
	}
}

// An update is an incremental update of a file.
type update struct {
	pdfFile
	body    bytes.Buffer
	offsets map[int]int // of the objects of the update, by their number
	next    int         // the next unused object number
}

// addStructure returns pdf, a file that fpdf has written, with an update that has
// the structure of root. The marks in pdf are those of root and the elements below
// it.
func addStructure(pdf []byte, root *element) ([]byte, error) {
	file, err := parsePDF(pdf)
	if err != nil {
		return nil, err
	}
	u := &update{pdfFile: file, offsets: make(map[int]int), next: len(file.offsets)}
	tree, parents := u.newNumber(), u.newNumber()
	root.walk(func(e *element) { e.number = u.newNumber() })
	u.putObject(tree, fmt.Sprintf("<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R>>", root.number, parents))
	u.putObject(parents, u.parentTree(root))
	u.putElement(root, tree)
	for i, page := range u.pages {
		u.addEntries(page, "/Type /Page\n", fmt.Sprintf("/StructParents %d /Tabs /S\n", i))
	}
	u.addEntries(u.catalogue, "/Type /Catalog\n", fmt.Sprintf(
		"/Version /1.7 /StructTreeRoot %d 0 R /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>\n", tree))
	return u.bytes(), nil
}

// newNumber returns the number of a new object.
func (u *update) newNumber() int {
	u.next++
	return u.next - 1
}

// putObject adds an object. It replaces an object of the file with the same number.
func (u *update) putObject(object int, content string) {
	u.offsets[object] = len(u.data) + u.body.Len()
	fmt.Fprintf(&u.body, "%d 0 obj\n%s\nendobj\n", object, content)
}

// addEntries adds entries to a dictionary of the file, behind the text after.
func (u *update) addEntries(object int, after, entries string) {
	u.putObject(object, strings.Replace(u.object(object), after, after+entries, 1))
}

// putElement adds e and every element below it.
func (u *update) putElement(e *element, parent int) {
	var children strings.Builder
	for _, child := range e.children {
		fmt.Fprintf(&children, "%d 0 R ", child.number)
		u.putElement(child, e.number)
	}
	for _, m := range e.marks {
		fmt.Fprintf(&children, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", u.pages[m.page], m.id)
	}
	var lang string
	if e.lang != "" {
		lang = "/Lang (" + e.lang + ") "
	}
	u.putObject(e.number, fmt.Sprintf("<</Type /StructElem /S /%s %s/P %d 0 R /K [%s]>>", e.kind, lang, parent, children.String()))
}

// parentTree returns the parent tree (ISO 32000-1, 14.7.4.4): for each page, the
// elements of its marks in the order of their ids.
func (u *update) parentTree(root *element) string {
	owners := make([]map[int]int, len(u.pages))
	for i := range owners {
		owners[i] = make(map[int]int)
	}
	root.walk(func(e *element) {
		for _, m := range e.marks {
			owners[m.page][m.id] = e.number
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

// bytes returns the file with the update.
func (u *update) bytes() []byte {
	xrefOffset := len(u.data) + u.body.Len()
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
		u.next, u.catalogue, u.info, u.xrefOffset, xrefOffset)
	return slices.Concat(u.data, u.body.Bytes())
}
