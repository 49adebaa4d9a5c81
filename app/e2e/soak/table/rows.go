package main

// A row is a fault or an attack, what must hold under it, and the tests that show it.
type row struct {
	fault, mustHold string
	tests           []tests
}

// Tests are some tests of a package, with what else go test is told about them.
type tests struct {
	pkg   string // below app
	names []string
	flags []string
}

// Rows are all of the table but the fuzz targets, which [fuzzTargets] finds.
var rows = []row{
	{
		"1,024 and 5,000 connections, of one address and of 250", "the 99th percentile of a probe and of a page is below 500 ms; memory grows by less than 256 MB and comes back",
		[]tests{
			{"e2e/soak", []string{"TestConnectionsKeepNobodyOut"}, nil},
			{"listener", []string{"TestBeyondTheTotalTheConnectionThatWaitsLongestIsClosed", "TestAnAddressTakesNoMoreThanItsOwnPlaces", "TestATrustedProxyTakesAsManyPlacesAsThereAre"}, nil},
		},
	},
	{
		"no file descriptors left", "the program lives, says so, and heals",
		[]tests{
			{"e2e/soak", []string{"TestFewDescriptorsAreEnough"}, nil},
			{"listener", []string{"TestDescriptorsAreLeftForTheStores", "TestWithoutADescriptorAConnectionWaitsForOne"}, nil},
		},
	},
	{
		"Redis fails", "an answer within 3 s, a 503 that keeps what was typed and ticked and is not called saved; /readyz names it; healthy within 5 s",
		[]tests{
			{"e2e/process", []string{"TestWhatIsTypedStaysWhileRedisFails", "TestARedisThatTricklesIsAnsweredInTime"}, nil},
			{"draft", []string{"TestARedisThatDoesNotAnswerIsNotAskedForASecond"}, nil},
		},
	},
	{
		"Redis is restarted, and has lost its data or not", "the draft is there, or the applicant is told that it is lost",
		[]tests{{"e2e/process", []string{"TestARedisThatIsRestarted"}, nil}},
	},
	{
		"SQLite is locked, full, read-only, torn, deleted or replaced", "a 503 within 3 s that keeps what was typed and ticked; no half member, nobody welcomed into a lost file; integrity_check is ok after",
		[]tests{
			{"e2e/process", []string{"TestWhatIsTypedStaysWhileSQLiteFails", "TestNobodyIsWelcomedIntoALostFile"}, nil},
			{"db", []string{"TestATornJournalLosesNoMoreThanItsEnd", "TestAReadOnlyFileIsAnOutage", "TestNothingIsCommittedIntoALostFile", "TestAFileThatGoesDuringTheCommitIsNoSuccess"}, nil},
		},
	},
	{
		"kill -9 under load", "nothing that was acknowledged is lost",
		[]tests{{"e2e/process", []string{"TestNothingAcknowledgedIsLostByKilling"}, []string{"-kills=100"}}},
	},
	{
		"SIGTERM under load", "no request that was sent before fails; exit 0 within 10 s",
		[]tests{{"e2e/soak", []string{"TestAStopLosesNoRequest"}, nil}},
	},
	{
		"hostile posts", "none is a 5xx, none slower than 2 s",
		[]tests{{"e2e/soak", []string{"TestHostilePostsAreNoFault"}, nil}},
	},
	{
		"160 people at once", "no 5xx, none slower than 2 s; nobody sees or is mailed anything of another",
		[]tests{{"e2e/soak", []string{"TestPeopleAtOnceSeeOnlyTheirOwn"}, nil}},
	},
	{
		"request smuggling, a foreign Host at /outbox, an http Origin on an https site", "refused",
		[]tests{{"web", []string{"TestNoRequestIsSmuggled", "TestOddFirstLinesAreRefused", "TestTheOutboxIsForThisMachine", "TestOlderBrowsersPostToThePublicAddress", "TestThePublicAddressDoesNotOverruleTheBrowser"}, nil}},
	},
	{
		"50 wrong codes from one network", "only the browser that typed them waits: the codes of its neighbours work",
		[]tests{{"web", []string{"TestOnlyTheBrowserThatTypesWrongCodesWaits"}, nil}},
	},
}
