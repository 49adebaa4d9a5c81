package address

import "testing"

func TestMasked(t *testing.T) {
	tests := []struct{ address, want string }{
		{"marie@ulaval.ca", "m•••e@ulaval.ca"},
		{"al@ulaval.ca", "a•••@ulaval.ca"},
		{"Zoe.Xylophone+hub@hospital.example", "Zo•••ub@hospital.example"},
		{"élodie.côté@hôpital.example", "él•••té@hôpital.example"},
		{"z@ulaval.ca", "•••@ulaval.ca"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Masked(tt.address); got != tt.want {
			t.Errorf("Masked(%q) = %q, want %q", tt.address, got, tt.want)
		}
	}
}
