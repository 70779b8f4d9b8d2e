// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

// AppSpecReading is what one reader makes of a whole text.
type AppSpecReading struct {
	Reader   AppSpecReader
	Accepted bool
	// Reason says in one sentence why it is refused.
	Reason string
}

// AppSpecDifference is one thing that the agents 1.x and 2.x and the documentation do not read alike.
type AppSpecDifference struct {
	// Pointer is a JSON Pointer to it, in the text's own terms.
	Pointer string
	// What it is, in plain words: "mode", "script", "the whole file".
	What string
	// Written is what stands in the text.
	Written string
	// Agent1, Agent2 and Documentation say what each makes of it.
	Agent1, Agent2, Documentation string
	Place                         Place
}

// AppSpecComparison is what the three make of one text, where they differ.
type AppSpecComparison struct {
	// Readings are those of the agent 1.x, the agent 2.x and the documentation, in this order.
	Readings    []AppSpecReading
	Differences []AppSpecDifference
	// Diagnostics tells what keeps the text from being read.
	Diagnostics Diagnostics
}

// CompareAppSpec compares the readings of a Server AppSpec. Options may be nil; Profile, Host, Bundle
// and Suppressions mean nothing here. The error is ErrInvalid for a text that is no document for any
// of the three.
func CompareAppSpec(text []byte, options *AppSpecOptions) (*AppSpecComparison, error) {
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	data, length := input(text)
	var comparison *C.cdp_appspec_comparison
	status := C.cdp_appspec_compare(data, length, options.c(&memory), found.list, &comparison)
	if status != C.CDP_OK {
		return nil, found.fail("compare the readings of an AppSpec", status)
	}
	defer C.cdp_appspec_comparison_free(comparison)
	result := &AppSpecComparison{}
	result.Diagnostics, _ = found.take()
	for _, reader := range []AppSpecReader{AppSpecReaderAgent1, AppSpecReaderAgent2, AppSpecReaderDocumentation} {
		reading := C.cdp_appspec_reading{size: C.sizeof_cdp_appspec_reading}
		C.cdp_appspec_comparison_reading(comparison, C.cdp_appspec_reader(reader), &reading)
		result.Readings = append(result.Readings, AppSpecReading{reader, reading.accepted != 0, goString(reading.reason)})
	}
	if count := C.cdp_appspec_comparison_count(comparison); count > 0 {
		views := make([]C.cdp_appspec_difference, count)
		C.cdpgo_appspec_differences(comparison, 0, &views[0], count)
		for i := range views {
			v := &views[i]
			result.Differences = append(result.Differences, AppSpecDifference{
				goString(v.pointer), goString(v.what), goString(v.written), goString(v.agent_1),
				goString(v.agent_2), goString(v.documentation), goPlace(&v.place),
			})
		}
	}
	return result, nil
}
