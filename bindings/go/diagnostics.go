// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"fmt"
	"sort"
	"strings"
	"unsafe"
)

// Place is a stretch of a text. Offsets count bytes from 0; lines and columns count from 1, columns
// in Unicode characters. The zero Place stands for no place.
type Place struct {
	Offset, EndOffset  int
	Line, Column       int
	EndLine, EndColumn int
}

// String gives "line:column", or "-" for no place.
func (p Place) String() string {
	if p.Line == 0 {
		return "-"
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// Fix is a replacement that can be applied without a second thought: Text in place of Length bytes
// at Offset.
type Fix struct {
	Offset, Length int
	Text           string
}

// Diagnostic is one finding: what is wrong, where, and what to write instead.
type Diagnostic struct {
	Code     DiagnosticCode
	Severity Severity
	// Message is one sentence in plain words.
	Message string
	// Hint says what to do instead; empty when there is nothing to add.
	Hint string
	// Pointer is a JSON Pointer (RFC 6901) to the node concerned; HasPointer tells the pointer to the
	// whole document, which is empty, from none.
	Pointer    string
	HasPointer bool
	Place      Place
	// Fix is nil when there is no safe one.
	Fix *Fix
}

// Error gives the finding as one line, such as "3:5: error: there is no event of this name".
func (d Diagnostic) Error() string {
	if d.Place.Line == 0 {
		return fmt.Sprintf("%s: %s", d.Severity, d.Message)
	}
	return fmt.Sprintf("%s: %s: %s", d.Place, d.Severity, d.Message)
}

// Diagnostics is everything that was found, in the order in which it was found.
type Diagnostics []Diagnostic

// Error tells the first of the gravest findings, and how many more there are.
func (d Diagnostics) Error() string {
	if len(d) == 0 {
		return "no findings"
	}
	gravest := d[0]
	for _, one := range d[1:] {
		if one.Severity > gravest.Severity {
			gravest = one
		}
	}
	if len(d) == 1 {
		return gravest.Error()
	}
	return fmt.Sprintf("%s (and %d more)", gravest.Error(), len(d)-1)
}

// AtLeast gives the findings of this severity and graver ones.
func (d Diagnostics) AtLeast(severity Severity) Diagnostics {
	var found Diagnostics
	for _, one := range d {
		if one.Severity >= severity {
			found = append(found, one)
		}
	}
	return found
}

// Has tells whether there is a finding of this code.
func (d Diagnostics) Has(code DiagnosticCode) bool {
	for _, one := range d {
		if one.Code == code {
			return true
		}
	}
	return false
}

// Sort puts the findings in the order of the text, those without a place last.
func (d Diagnostics) Sort() {
	sort.SliceStable(d, func(i, j int) bool {
		a, b := d[i].Place, d[j].Place
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line == 0
		}
		return a.Offset < b.Offset
	})
}

// String gives all findings, one a line.
func (d Diagnostics) String() string {
	var text strings.Builder
	for _, one := range d {
		text.WriteString(one.Error())
		text.WriteByte('\n')
	}
	return text.String()
}

// DiagnosticInfo is what the registry says of a code.
type DiagnosticInfo struct {
	Code DiagnosticCode
	// Severity and StrictSeverity are those that it has in the profiles agent and strict.
	Severity, StrictSeverity Severity
	// Name is the stable word for it, "appspec-event-unknown".
	Name string
	// Message and Hint have {0}, {1} and so on in place of what differs from case to case.
	Message, Hint string
	// Explanation is a paragraph or two.
	Explanation string
	// Source tells where the rule comes from.
	Source string
	// APIName is the exception or error code of the API; empty when there is none.
	APIName string
}

// Info looks the code up in the registry; ErrNotFound for a number that is none.
func (d DiagnosticCode) Info() (DiagnosticInfo, error) {
	info := C.cdp_diagnostic_info{size: C.sizeof_cdp_diagnostic_info}
	if status := C.cdp_diagnostic_info_get(C.cdp_diagnostic_code(d), &info); status != C.CDP_OK {
		return DiagnosticInfo{}, failure("look up a diagnostic code", status)
	}
	return DiagnosticInfo{
		Code:           d,
		Severity:       Severity(info.severity),
		StrictSeverity: Severity(info.strict_severity),
		Name:           C.GoString(info.name),
		Message:        C.GoString(info.message),
		Hint:           C.GoString(info.hint),
		Explanation:    C.GoString(info.explanation),
		Source:         C.GoString(info.source),
		APIName:        C.GoString(info.api_name),
	}, nil
}

// String gives the name, "appspec-event-unknown"; "unknown" for a number that is no code.
func (d DiagnosticCode) String() string {
	info := C.cdp_diagnostic_info{size: C.sizeof_cdp_diagnostic_info}
	if C.cdp_diagnostic_info_get(C.cdp_diagnostic_code(d), &info) != C.CDP_OK {
		return "unknown"
	}
	return C.GoString(info.name)
}

// DiagnosticCodeFromName finds a code by its name, "appspec-event-unknown".
func DiagnosticCodeFromName(name string) (DiagnosticCode, error) {
	code := C.cdp_diagnostic_code_from_name(nameString(name).data)
	if code == 0 {
		return 0, &Error{Op: "find the diagnostic code", Subject: name, Status: ErrNotFound}
	}
	return DiagnosticCode(code), nil
}

// DiagnosticCodes lists all codes of the registry.
func DiagnosticCodes() []DiagnosticCode {
	codes := make([]DiagnosticCode, C.cdp_diagnostic_code_count())
	for i := range codes {
		codes[i] = DiagnosticCode(C.cdp_diagnostic_code_at(C.size_t(i)))
	}
	return codes
}

// NewDiagnostic makes a finding of the program's own in the registry's words: {0} to {3} of the
// message and the hint are replaced by the arguments.
func NewDiagnostic(code DiagnosticCode, arguments ...string) (Diagnostic, error) {
	const op = "make a diagnostic"
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	list, count := memory.strs(arguments)
	status := C.cdp_diagnostics_add_filled(found.list, C.cdp_diagnostic_code(code), list, count)
	if status != C.CDP_OK {
		return Diagnostic{}, failure(op, status)
	}
	made, _ := found.take()
	return made[0], nil
}

// Suggest finds the candidate that a misspelt word most likely means; false when none is near.
func Suggest(word string, candidates []string) (string, bool) {
	if len(candidates) == 0 {
		return "", false
	}
	var memory arena
	defer memory.free()
	first := (**C.char)(memory.alloc(unsafe.Sizeof((*C.char)(nil)) * uintptr(len(candidates))))
	list := unsafe.Slice(first, len(candidates))
	for i, candidate := range candidates {
		list[i] = memory.text(candidate).data
	}
	best := int(C.cdp_suggest(nameString(word), first, C.size_t(len(candidates))))
	if best >= len(candidates) {
		return "", false
	}
	return candidates[best], true
}

// Version gives the version of the C library that is used, "0.1.0".
func Version() string {
	return C.GoString(C.cdp_version())
}

// VersionNumber gives it as a number: major * 1,000,000 + minor * 1,000 + patch.
func VersionNumber() int {
	return int(C.cdp_version_number())
}

// Supported tells whether the C library was built with a feature.
func (f Feature) Supported() bool {
	return C.cdp_feature_supported(C.cdp_feature(f)) != 0
}

// findings is a list of C's that calls report to.
type findings struct {
	list *C.cdp_diagnostics
	held *resource
}

func newFindings(limits *Limits) *findings {
	f := &findings{}
	bounds := limits.c()
	if status := C.cdp_diagnostics_new(nil, &bounds, &f.list); status != C.CDP_OK {
		panic("codedeploy: " + Status(status).Error())
	}
	owned.Add(1)
	return f
}

// resource hands the list over to reference counting.
func (f *findings) resource() *resource {
	if f.held == nil {
		f.held = newResource(unsafe.Pointer(f.list), func(pointer unsafe.Pointer) {
			C.cdp_diagnostics_free((*C.cdp_diagnostics)(pointer))
		})
		owned.Add(-1) // counted twice until here
	}
	return f.held
}

func (f *findings) free() {
	C.cdp_diagnostics_free(f.list)
	f.list = nil
	owned.Add(-1)
}

// take empties the list.
func (f *findings) take() (Diagnostics, int) {
	var dropped C.size_t
	count := C.cdpgo_diagnostics_state(f.list, &dropped)
	if count == 0 && dropped == 0 {
		return nil, 0
	}
	views := make([]C.cdp_diagnostic, count)
	found := make(Diagnostics, count)
	if count > 0 {
		C.cdpgo_diagnostics(f.list, 0, &views[0], count)
	}
	for i := range views {
		found[i] = goDiagnostic(&views[i])
	}
	C.cdp_diagnostics_clear(f.list)
	return found, int(dropped)
}

// fail makes the error of a call that reported to the list.
func (f *findings) fail(op string, status C.cdp_status) error {
	if status >= 0 {
		return nil
	}
	err := &Error{Op: op, Status: Status(status)}
	err.Diagnostics, err.Dropped = f.take()
	return err
}

func goDiagnostic(view *C.cdp_diagnostic) Diagnostic {
	d := Diagnostic{
		Code:       DiagnosticCode(view.code),
		Severity:   Severity(view.severity),
		Message:    goString(view.message),
		Hint:       goString(view.hint),
		Pointer:    goString(view.pointer),
		HasPointer: view.pointer.data != nil,
		Place: Place{
			Offset: int(view.offset), EndOffset: int(view.end_offset),
			Line: int(view.line), Column: int(view.column),
			EndLine: int(view.end_line), EndColumn: int(view.end_column),
		},
	}
	if view.fix_text.data != nil {
		d.Fix = &Fix{Offset: int(view.fix_offset), Length: int(view.fix_length), Text: goString(view.fix_text)}
	}
	return d
}
