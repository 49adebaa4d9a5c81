package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A filling is a form on a page, being filled.
type filling struct {
	action   string
	controls []*control
	buttons  []*html.Node
	words    int // how many texts were written into it
}

// A control is what a person can fill: one element, or all the radio buttons
// or checkboxes of one name.
type control struct {
	name, kind string // kind: text, email, hidden, radio, checkbox, select, textarea
	values     []string
	options    []choice
}

type choice struct {
	value  string
	needed bool // the box must be ticked to go on
}

func newFilling(f *html.Node) *filling {
	form := &filling{action: attr(f, "action")}
	each(f, func(e *html.Node) {
		switch e.Data {
		case "button":
			form.buttons = append(form.buttons, e)
		case "input", "select", "textarea":
			form.read(e)
		}
	})
	return form
}

func (f *filling) read(e *html.Node) {
	c := &control{name: attr(e, "name"), kind: e.Data}
	if e.Data == "input" {
		c.kind = attr(e, "type")
	}
	if unseen(e) {
		c.kind = "hidden"
	}
	grouped := c.kind == "radio" || c.kind == "checkbox"
	if before := f.control(c.name); grouped && before != nil {
		c = before
	} else {
		f.controls = append(f.controls, c)
	}
	switch {
	case grouped:
		c.option(attr(e, "value"), has(e, "checked"))
		c.options[len(c.options)-1].needed = c.kind == "checkbox" && attr(e, "aria-required") == "true"
	case c.kind == "select":
		for _, o := range all(e, tag("option")) {
			c.option(attr(o, "value"), has(o, "selected"))
		}
	case c.kind == "textarea":
		c.values = []string{strings.TrimPrefix(raw(e), "\n")}
	default:
		c.values = []string{attr(e, "value")}
	}
}

// unseen reports whether people do not come to e, such as to a trap for programs.
func unseen(e *html.Node) bool {
	for ; e != nil; e = e.Parent {
		if attr(e, "aria-hidden") == "true" {
			return true
		}
	}
	return false
}

func (c *control) option(value string, chosen bool) {
	c.options = append(c.options, choice{value: value})
	if chosen {
		c.values = append(c.values, value)
	}
}

// raw returns the text in e as it is.
func raw(e *html.Node) (s string) {
	for child := range e.ChildNodes() {
		s += child.Data
	}
	return s
}

// control returns the control with the given name, or nil.
func (f *filling) control(name string) *control {
	i := slices.IndexFunc(f.controls, func(c *control) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return f.controls[i]
}

// asked returns the controls that a person can see.
func (f *filling) asked() (asked []*control) {
	for _, c := range f.controls {
		if c.kind != "hidden" {
			asked = append(asked, c)
		}
	}
	return asked
}

// A manner is how somebody chooses among options.
type manner string

const (
	first      manner = "first"
	last       manner = "last"
	everything manner = "everything" // of what can be ticked, else the last
)

// Somebody's words and address. The words are such that they stand nowhere else.
const (
	aWord     = "Zoë-Xylophone"
	anAddress = "Zoe.Xylophone@Hospital.Example"
	canonical = "Zoe.Xylophone@hospital.example"
)

// fill answers everything that is not answered yet, knowing of each control
// only its kind.
func (f *filling) fill(m manner) {
	for _, c := range f.controls {
		if c.kind == "hidden" || slices.ContainsFunc(c.values, func(v string) bool { return v != "" }) {
			continue
		}
		f.words++
		switch c.kind {
		case "radio", "checkbox", "select":
			c.values = c.choose(m)
		case "email":
			c.values = []string{anAddress}
		case "textarea":
			c.values = []string{fmt.Sprintf("%s writes:\r\n\r\n“%d”, l’été", aWord, f.words)}
		default:
			c.values = []string{fmt.Sprintf("%s l’été 試 %d", aWord, f.words)}
		}
	}
}

func (c *control) choose(m manner) (chosen []string) {
	real := slices.DeleteFunc(slices.Clone(c.options), func(o choice) bool { return o.value == "" })
	for i, o := range real {
		wanted := i == 0 && m == first || i == len(real)-1 && m != first || c.kind == "checkbox" && m == everything
		if wanted || o.needed {
			chosen = append(chosen, o.value)
		}
	}
	return chosen
}

// set gives the control with the given name other values.
func (f *filling) set(name string, values ...string) {
	if c := f.control(name); c != nil {
		c.values = values
		return
	}
	f.controls = append(f.controls, &control{name: name, kind: "forged", values: values})
}

// values are what a browser posts when button is pressed.
func (f *filling) values(button *html.Node) url.Values {
	posted := make(url.Values)
	for _, c := range f.controls {
		switch c.kind {
		case "select":
			if len(c.values) == 0 {
				posted.Add(c.name, c.options[0].value)
			}
		case "textarea":
			c.values = []string{strings.ReplaceAll(strings.ReplaceAll(c.values[0], "\r\n", "\n"), "\n", "\r\n")}
		}
		for _, v := range c.values {
			posted.Add(c.name, v)
		}
	}
	if button != nil && has(button, "name") {
		posted.Add(attr(button, "name"), attr(button, "value"))
	}
	return posted
}

// button returns the button with the given words, or the one that Enter
// presses when there are none: the first.
func (f *filling) button(words string) *html.Node {
	for _, b := range f.buttons {
		if words == "" || text(b) == words {
			return b
		}
	}
	return nil
}
