package web

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"joinery/app/form"
)

// TestNoSectionCanTakeThePathOfAPage gives a section the last part of each path that a
// page beside the sections has. The definition must be refused.
func TestNoSectionCanTakeThePathOfAPage(t *testing.T) {
	t.Parallel()
	definition, err := os.ReadFile("../form/membership.json")
	if err != nil {
		t.Fatal(err)
	}
	beside := regexp.MustCompile(`^/en` + applyPath + `/([a-z_]+)$`)
	pages := 0
	for _, route := range newSite(t, settings{}).server.app.GetRoutes(true) {
		key := beside.FindStringSubmatch(route.Path)
		if key == nil {
			continue
		}
		pages++
		if _, err := form.Parse(bytes.Replace(definition, []byte(`"about"`), []byte(`"`+key[1]+`"`), 1)); err == nil {
			t.Errorf("%s: a section can have the key %q", route.Path, key[1])
		}
	}
	if pages == 0 {
		t.Error("the site has no page beside the sections")
	}
}
