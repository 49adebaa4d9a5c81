package export

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"joinery/app/form"
	"joinery/app/member"
)

// JSON writes one JSON object: under "questions" the questions by key; under "members" the
// members, one a line, with their answers by the same keys. Times are in UTC, by RFC 3339.
func JSON(ctx context.Context, w io.Writer, t Table, each Each) error {
	questions := make(map[string]string)
	for _, section := range t.Form.Sections {
		for _, f := range section.Fields {
			questions[f.Key] = f.InShort().In(t.Lang)
		}
	}
	head, err := json.Marshal(questions)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "{\"questions\": %s,\n\"members\": [", head); err != nil {
		return err
	}
	separator := "\n"
	err = t.selected(each)(ctx, func(m member.Member) error {
		m.Answers = t.answers(m.Answers)
		line, err := json.Marshal(m)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s%s", separator, line)
		separator = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

// answers returns answers as t tells them.
func (t Table) answers(stored form.Answers) form.Answers {
	if stored == nil {
		return nil
	}
	told := make(form.Answers, len(stored))
	for key, values := range stored {
		told[key] = values
		if f := t.Form.Field(key); f != nil {
			told[key] = t.values(f, stored)
		}
	}
	return told
}
