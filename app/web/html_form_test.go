package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// An htmlForm is a form on a page, with the values that a visitor has entered.
type htmlForm struct {
	action    string
	controls  []*control
	buttons   []*html.Node
	textCount int // the number of texts that fill has entered
}

// A control is one element that a person can fill in, or all radio buttons or
// checkboxes of one name.
type control struct {
	name, kind string // kind: text, email, hidden, radio, checkbox, select, textarea
	values     []string
	options    []controlOption
}

type controlOption struct {
	value    string
	required bool // the form requires this box
	alone    bool // it goes with no other
}

func newHTMLForm(f *html.Node) *htmlForm {
	form := &htmlForm{action: attribute(f, "action")}
	eachElement(f, func(e *html.Node) {
		switch e.Data {
		case "button":
			form.buttons = append(form.buttons, e)
		case "input", "select", "textarea":
			form.addControl(e)
		}
	})
	return form
}

func (f *htmlForm) addControl(e *html.Node) {
	c := &control{name: attribute(e, "name"), kind: e.Data}
	if e.Data == "input" {
		c.kind = attribute(e, "type")
	}
	if isHidden(e) {
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
		c.option(attribute(e, "value"), hasAttribute(e, "checked"))
		last := &c.options[len(c.options)-1]
		last.required = c.kind == "checkbox" && attribute(e, "aria-required") == "true"
		last.alone = hasAttribute(e, "data-exclusive")
	case c.kind == "select":
		for _, o := range elements(e, isTag("option")) {
			c.option(attribute(o, "value"), hasAttribute(o, "selected"))
		}
	case c.kind == "textarea":
		c.values = []string{strings.TrimPrefix(rawText(e), "\n")}
	default:
		c.values = []string{attribute(e, "value")}
	}
}

// isHidden reports whether e is hidden from people, as the trap for programs is.
func isHidden(e *html.Node) bool {
	for ; e != nil; e = e.Parent {
		if attribute(e, "aria-hidden") == "true" {
			return true
		}
	}
	return false
}

func (c *control) option(value string, chosen bool) {
	c.options = append(c.options, controlOption{value: value})
	if chosen {
		c.values = append(c.values, value)
	}
}

// rawText returns the text in e with its whitespace.
func rawText(e *html.Node) (s string) {
	for child := range e.ChildNodes() {
		s += child.Data
	}
	return s
}

// control returns the control with the given name, or nil.
func (f *htmlForm) control(name string) *control {
	i := slices.IndexFunc(f.controls, func(c *control) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return f.controls[i]
}

// visibleControls returns the controls that a person can see.
func (f *htmlForm) visibleControls() (asked []*control) {
	for _, c := range f.controls {
		if c.kind != "hidden" {
			asked = append(asked, c)
		}
	}
	return asked
}

// An answerStyle is a way to choose among options.
type answerStyle string

const (
	answerFirst answerStyle = "first"
	answerLast  answerStyle = "last"
	answerAll   answerStyle = "everything" // all checkboxes, otherwise the last option
)

// The answers of a visitor. The word appears on no page and in no form.
const (
	testWord       = "Zoë-Xylophone"
	typedEmail     = "Zoe.Xylophone@Hospital.Example"
	canonicalEmail = "Zoe.Xylophone@hospital.example"
)

// fill answers every control that has no answer yet, by its kind alone.
func (f *htmlForm) fill(m answerStyle) {
	for _, c := range f.controls {
		if c.kind == "hidden" || slices.ContainsFunc(c.values, func(v string) bool { return v != "" }) {
			continue
		}
		f.textCount++
		switch c.kind {
		case "radio", "checkbox", "select":
			c.values = c.choose(m)
		case "email":
			c.values = []string{typedEmail}
		case "textarea":
			c.values = []string{fmt.Sprintf("%s writes:\r\n\r\n“%d”, l’été", testWord, f.textCount)}
		default:
			c.values = []string{fmt.Sprintf("%s l’été 試 %d", testWord, f.textCount)}
		}
	}
}

func (c *control) choose(m answerStyle) (chosen []string) {
	real := slices.DeleteFunc(slices.Clone(c.options), func(o controlOption) bool { return o.value == "" })
	for i, o := range real {
		wanted := i == 0 && m == answerFirst || i == len(real)-1 && m != answerFirst || c.kind == "checkbox" && m == answerAll
		if m == answerAll && o.alone {
			continue
		}
		if wanted || o.required {
			chosen = append(chosen, o.value)
		}
	}
	return chosen
}

// set sets the values of the control with the given name.
func (f *htmlForm) set(name string, values ...string) {
	if c := f.control(name); c != nil {
		c.values = values
		return
	}
	f.controls = append(f.controls, &control{name: name, kind: "forged", values: values})
}

// values returns what a browser posts when button is pressed.
func (f *htmlForm) values(button *html.Node) url.Values {
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
	if button != nil && hasAttribute(button, "name") {
		posted.Add(attribute(button, "name"), attribute(button, "value"))
	}
	return posted
}

// button returns the button with the given words or, for "", the button that Enter
// presses: the first.
func (f *htmlForm) button(words string) *html.Node {
	for _, b := range f.buttons {
		if words == "" || text(b) == words {
			return b
		}
	}
	return nil
}
