package assets

import "testing"

func TestMinify(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, sheet, want string }{
		{"blanks and the last semicolon", "a {\n  color: red;\n  margin: 0 auto;\n}\n\nb { top: 0; }\n", "a{color:red;margin:0 auto}b{top:0}"},
		{"comments, also with quotes and braces", "/* don't { */ a { top: 0 /* \"no\" */; }", "a{top:0}"},
		{"a comment between words", "a /* and */ b { margin: 1px/* */2px }", "a b{margin:1px 2px}"},
		{"what is quoted", "a::before { content: \"\\2190  ; } /* no */\"; }", "a::before{content:\"\\2190  ; } /* no */\"}"},
		{"single quotes", "a { font: 1em 'A,  B: c', serif; }", "a{font:1em 'A,  B: c',serif}"},
		{"a selector within another", "a :hover, a > b , :is(p, q) c { top: 0 }", "a :hover,a > b,:is(p,q) c{top:0}"},
		{"reckoning", "a { width: calc(1px + 2px * (3 - 1)); }", "a{width:calc(1px + 2px * (3 - 1))}"},
		{"conditions", "@media (min-width: 40em) and (hover: hover) {\n  a { top: 0; }\n}", "@media (min-width:40em) and (hover:hover){a{top:0}}"},
		{"what is not closed", "a { content: \"", "a{content:\""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := minify(tt.sheet); got != tt.want {
				t.Errorf("minify(%q) = %q, want %q", tt.sheet, got, tt.want)
			}
		})
	}
}
