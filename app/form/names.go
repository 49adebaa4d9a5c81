package form

// Names returns the answers to the questions for a person's name, in their order, with ""
// for each that has none. By most forms the first is the first name.
func (d *Definition) Names(answers Answers) (names []string) {
	for _, s := range d.Sections {
		for _, f := range s.Fields {
			if f.Name {
				names = append(names, answers.First(f.Key))
			}
		}
	}
	return names
}

// FirstName returns the answer to the first question for a person's name, or "".
func (d *Definition) FirstName(answers Answers) string {
	if names := d.Names(answers); len(names) > 0 {
		return names[0]
	}
	return ""
}
