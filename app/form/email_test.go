package form

import (
	"testing"

	"joinery/app/i18n"
)

func TestEmailProblemNamesTheSign(t *testing.T) {
	tests := []struct{ name, typed, english, french string }{
		{"right", "zoe@example.ca", "", ""},
		{"accent", "zoé@example.ca",
			"An email address can’t contain “é” before the @ sign.",
			"Une adresse courriel ne peut pas contenir «\u00a0é\u00a0» avant l’arobase."},
		{"accent of its own", "zoe\u0301@example.ca",
			"An email address can’t contain “é” before the @ sign.",
			"Une adresse courriel ne peut pas contenir «\u00a0é\u00a0» avant l’arobase."},
		{"typographic apostrophe", "o’brien@example.ca",
			"An email address can’t contain “’” before the @ sign.",
			"Une adresse courriel ne peut pas contenir «\u00a0’\u00a0» avant l’arobase."},
		{"semicolon behind", "zoe@example.ca;",
			"An email address can’t contain “;” after the @ sign.",
			"Une adresse courriel ne peut pas contenir «\u00a0;\u00a0» après l’arobase."},
		{"letter of another alphabet", "zоe@example.ca",
			"The “о” before the @ sign is from another alphabet. An email address can only have the letters a to z there, without accents.",
			"Le «\u00a0о\u00a0» placé avant l’arobase vient d’un autre alphabet. À cet endroit, une adresse courriel ne peut avoir que les lettres de a à z, sans accent."},
		{"at sign of full width", "zoe＠example.ca",
			"“＠” is not the usual @ sign. Please type @ instead.",
			"«\u00a0＠\u00a0» n’est pas l’arobase habituelle. Veuillez saisir @ à la place."},
		{"no at sign", "zoe.example.ca",
			"The @ sign is missing: an email address looks like name@example.ca",
			"Il manque l’arobase (@)\u00a0: une adresse courriel s’écrit comme nom@exemple.ca"},
		{"two at signs", "zoe@home@example.ca",
			"There is more than one @ sign: enter one email address, like name@example.ca",
			"Il y a plus d’une arobase (@)\u00a0: saisissez une seule adresse courriel, comme nom@exemple.ca"},
		{"blank inside", "zoe roy@example.ca",
			"An email address can’t contain a space.",
			"Une adresse courriel ne peut pas contenir d’espace."},
		{"stray dot", "zoe..roy@example.ca",
			"Please check the dots. An email address can’t have two dots in a row, or a dot at the beginning, at the end or beside the @ sign.",
			"Veuillez vérifier les points. Une adresse courriel ne peut pas avoir deux points de suite, ni de point au début, à la fin ou à côté de l’arobase."},
		{"invisible character", "zo\u200be@example.ca",
			"The address contains an invisible character. Please type it again.",
			"L’adresse contient un caractère invisible. Veuillez la saisir de nouveau."},
		{"incomplete", "zoe@example",
			"Enter an email address in full, like name@example.ca",
			"Saisissez une adresse courriel complète, comme nom@exemple.ca"},
		{"nothing", "",
			"Enter an email address in full, like name@example.ca",
			"Saisissez une adresse courriel complète, comme nom@exemple.ca"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problem, wrong := EmailProblem(tt.typed)
			if wrong != (tt.english != "") {
				t.Fatalf("that %q is wrong is %v", tt.typed, wrong)
			}
			for l, want := range map[i18n.Lang]string{i18n.English: tt.english, i18n.French: tt.french} {
				if got := problem.In(l); wrong && got != want {
					t.Errorf("%q: %s says %q, want %q", tt.typed, l, got, want)
				}
			}
		})
	}
}
