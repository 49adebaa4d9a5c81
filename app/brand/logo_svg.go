package brand

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// checkSVG returns a size in the proportion of an SVG, or an error if browsers
// would not show it, or not show all of it: an SVG that is an image in a page runs
// no scripts and fetches no other files.
func checkSVG(body []byte) (image.Point, error) {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	var roots []xml.StartElement
	for depth := 0; ; {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			return image.Point{}, fmt.Errorf("this is no SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots = append(roots, t.Copy())
			}
			depth++
		case xml.EndElement:
			depth--
		}
		if err := checkToken(token); err != nil {
			line, _ := decoder.InputPos()
			return image.Point{}, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if len(roots) != 1 {
		return image.Point{}, fmt.Errorf("this is no SVG: it has %d outermost elements, not one", len(roots))
	}
	return proportions(roots[0])
}

// proportions returns a size in the proportion that the root element of an SVG
// states, 100 high.
func proportions(e xml.StartElement) (image.Point, error) {
	if (e.Name != xml.Name{Space: "http://www.w3.org/2000/svg", Local: "svg"}) {
		return image.Point{}, fmt.Errorf(`this is no SVG: it begins with <%s>, not with <svg xmlns="http://www.w3.org/2000/svg">`, e.Name.Local)
	}
	attributes := make(map[string]string)
	for _, a := range e.Attr {
		attributes[a.Name.Local] = a.Value
	}
	box := strings.FieldsFunc(attributes["viewBox"], func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(box) != 4 {
		box = []string{"", "", strings.TrimSuffix(attributes["width"], "px"), strings.TrimSuffix(attributes["height"], "px")}
	}
	width, err1 := strconv.ParseFloat(box[2], 64)
	height, err2 := strconv.ParseFloat(box[3], 64)
	ratio := math.Round(100 * width / height)
	if err1 != nil || err2 != nil || !(height > 0 && ratio >= 1 && ratio <= 10000) {
		return image.Point{}, errors.New("its <svg> does not say how large it is; give it a viewBox, or a width and a height in pixels")
	}
	return image.Pt(int(ratio), 100), nil
}

// checkToken returns an error for a token that a logo must not have.
func checkToken(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		if !hasDeclaredPrefix(t.Name) {
			return fmt.Errorf("it has a <%s:%s>, but nothing declares xmlns:%[1]s: no browser would show any of it", t.Name.Space, t.Name.Local)
		}
		if name := strings.ToLower(t.Name.Local); name == "script" || name == "foreignobject" {
			return fmt.Errorf("it has a <%s>, which no browser would show; save it without", t.Name.Local)
		}
		for _, a := range t.Attr {
			if err := checkAttribute(t.Name.Local, a); err != nil {
				return err
			}
		}
	case xml.CharData:
		return checkReferences(string(t)) // only the text of a <style> has references
	case xml.ProcInst:
		if t.Target == "xml-stylesheet" {
			return errors.New("it needs another file for its style; put the style into the file")
		}
	case xml.Directive:
		if bytes.Contains(t, []byte("<!ENTITY")) {
			return errors.New("it declares entities, which are not read here; save it as plain SVG")
		}
	}
	return nil
}

// checkAttribute returns an error for an attribute that a logo must not have.
func checkAttribute(element string, a xml.Attr) error {
	name := strings.ToLower(a.Name.Local)
	switch {
	case !hasDeclaredPrefix(a.Name):
		return fmt.Errorf("its <%s> has %s:%s, but nothing declares xmlns:%[2]s: no browser would show any of it", element, a.Name.Space, a.Name.Local)
	case a.Name.Space == "" && strings.HasPrefix(name, "on"):
		return fmt.Errorf("its <%s> has %s, which would run a script; save it without", element, a.Name.Local)
	case name == "href" && !isSelfContained(a.Value):
		return fmt.Errorf("its <%s> leads elsewhere, to %q; put all that it needs into the file", element, a.Value)
	}
	return checkReferences(a.Value)
}

// hasDeclaredPrefix reports whether the namespace prefix of a name is declared.
// xml.Decoder replaces a declared prefix with its URL, and leaves another one.
func hasDeclaredPrefix(name xml.Name) bool {
	return name.Space == "" || name.Space == "xmlns" || strings.Contains(name.Space, ":")
}

// styleReference matches what loads another file in a style.
var styleReference = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^"')]*)|(@import)`)

// checkReferences returns an error if a style refers to another file.
func checkReferences(style string) error {
	for _, found := range styleReference.FindAllStringSubmatch(style, -1) {
		if found[2] != "" || !isSelfContained(found[1]) {
			return fmt.Errorf("its style needs another file, by %q; put all that it needs into the file", found[0])
		}
	}
	return nil
}

// isSelfContained reports whether a reference leads to a part of the same file or
// has its data in it.
func isSelfContained(reference string) bool {
	reference = strings.ToLower(strings.TrimSpace(reference))
	return reference == "" || strings.HasPrefix(reference, "#") || strings.HasPrefix(reference, "data:image/") || strings.HasPrefix(reference, "data:font/")
}
