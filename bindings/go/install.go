// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"io"
	"unsafe"
)

// InstallRecordEntry is one entry of a cleanup record.
type InstallRecordEntry struct {
	Kind InstallRecordKind
	Path string
}

// InstallRecord is a cleanup record: what an install made, for the next one to remove. It is
// immutable, and may be used by many goroutines at once.
type InstallRecord struct {
	object
	diagnostics Diagnostics
}

// ParseInstallRecord reads a cleanup record. Lines that could reach a wrong path are passed over;
// Diagnostics tells which.
func ParseInstallRecord(bytes []byte) (*InstallRecord, error) {
	found := newFindings(nil)
	defer found.free()
	data, length := input(bytes)
	var made *C.cdp_install_record
	if status := C.cdp_install_record_parse(data, length, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail("read a cleanup record", status)
	}
	record := &InstallRecord{}
	record.diagnostics, _ = found.take()
	record.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_install_record_free((*C.cdp_install_record)(pointer))
	})
	return record, nil
}

// FormatInstallRecord writes entries as a cleanup record.
func FormatInstallRecord(entries []InstallRecordEntry) ([]byte, error) {
	return written("write a cleanup record", func(text *C.cdp_text) C.cdp_status {
		for _, entry := range entries {
			if status := C.cdp_install_record_put(text, C.cdp_install_record_kind(entry.Kind), nameString(entry.Path)); status != C.CDP_OK {
				return status
			}
		}
		return C.CDP_OK
	})
}

func (r *InstallRecord) get() *C.cdp_install_record {
	if r == nil {
		return nil
	}
	return (*C.cdp_install_record)(r.hold())
}

// Diagnostics tells which lines were passed over, and why.
func (r *InstallRecord) Diagnostics() Diagnostics {
	return r.diagnostics
}

// Entries gives all entries in the order of the file; they are removed from the last to the first.
func (r *InstallRecord) Entries() []InstallRecordEntry {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.let()
	entries := make([]InstallRecordEntry, C.cdp_install_record_count(p))
	for i := range entries {
		var kind C.cdp_install_record_kind
		var path C.cdp_string
		C.cdp_install_record_at(p, C.size_t(i), &kind, &path)
		entries[i] = InstallRecordEntry{InstallRecordKind(kind), goString(path)}
	}
	return entries
}

// Contains tells whether a path is recorded.
func (r *InstallRecord) Contains(path string) bool {
	p := r.get()
	if p == nil {
		return false
	}
	defer r.let()
	return C.cdp_install_record_contains(p, nameString(path)) != 0
}

// InstallPlan is what an install would do, and everything that speaks against it. It is immutable,
// and may be used by many goroutines at once.
type InstallPlan struct {
	object
	diagnostics Diagnostics
}

// InstallPlanOptions says how to plan. The zero value is a good choice.
type InstallPlanOptions struct {
	Mode InstallMode
	// FileExistsBehavior is the deployment's own setting, which counts when the AppSpec has none.
	FileExistsBehavior FileExistsBehavior
	// RevisionDirectory is where the revision's root is, for instructions and messages.
	RevisionDirectory string
	// DestinationPrefix stands before every destination when the destination root is not "/".
	DestinationPrefix string
	// WorkingDirectory is what relative destinations begin at; they are refused when it is empty.
	WorkingDirectory string
	// HomeDirectory is the same for "~".
	HomeDirectory string
	// Previous is what the group's last install made; it is removed by this one.
	Previous *InstallRecord
	// Others are the records of other groups on this host by their names.
	Others map[string]*InstallRecord
	// Newer are the names of those whose records were written after Previous, the newest first. What
	// one of them names was installed by that group last: it is not removed, and is in the way.
	// Names that are not in Others mean nothing.
	Newer []string
	// MaxObjects bounds the files and directories; 0 stands for 10,000,000.
	MaxObjects int
	// Measure finds out how many bytes are to be copied.
	Measure bool
}

// NewInstallPlan plans the install of an AppSpec for Server. Nothing is touched: of the file system
// only Info, List, ReadLink and CheckOwner are called. A plan with conflicts is made all the same,
// for showing; Diagnostics has them as errors. Options may be nil.
func NewInstallPlan(appspec *AppSpec, files FileSystem, options *InstallPlanOptions) (*InstallPlan, error) {
	const op = "plan an install"
	spec := appspec.get()
	if spec == nil || files == nil {
		if spec != nil {
			appspec.let()
		}
		return nil, closedError(op)
	}
	defer appspec.let()
	if options == nil {
		options = &InstallPlanOptions{}
	}
	var memory arena
	defer memory.free()
	lent, callbacks := lendFiles(files, &memory)
	defer lent.closer()()
	var calls callbackErrors
	if err := lent.begin(op, &calls); err != nil {
		return nil, err
	}
	defer lent.end()
	c, let, err := options.c(op, &memory)
	if err != nil {
		return nil, err
	}
	defer let()
	c.appspec, c.fs = spec, callbacks
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_install_plan
	status := C.cdp_install_plan_new(c, found.list, &made)
	if calls.panicked {
		C.cdp_install_plan_free(made)
		calls.rethrow()
	}
	if status != C.CDP_OK {
		err := found.fail(op, status).(*Error)
		err.Err = calls.of(status)
		return nil, err
	}
	plan := &InstallPlan{}
	plan.diagnostics, _ = found.take()
	plan.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_install_plan_free((*C.cdp_install_plan)(pointer))
	})
	return plan, nil
}

func (o *InstallPlanOptions) c(op string, memory *arena) (*C.cdp_install_options, func(), error) {
	c := (*C.cdp_install_options)(memory.alloc(C.sizeof_cdp_install_options))
	c.size = C.sizeof_cdp_install_options
	c.mode = C.cdp_install_mode(o.Mode)
	c.file_exists_behavior = C.cdp_file_exists_behavior(o.FileExistsBehavior)
	c.revision_directory = memory.str(o.RevisionDirectory)
	c.destination_prefix = memory.str(o.DestinationPrefix)
	c.working_directory = memory.str(o.WorkingDirectory)
	c.home_directory = memory.str(o.HomeDirectory)
	c.max_objects = limited(o.MaxObjects)
	c.measure = cInt(o.Measure)
	var held []*InstallRecord
	let := func() {
		for _, record := range held {
			record.let()
		}
	}
	if o.Previous != nil {
		if c.previous = o.Previous.get(); c.previous == nil {
			return nil, nil, closedError(op)
		}
		held = append(held, o.Previous)
	}
	if count := len(o.Others); count > 0 {
		names, newer := o.otherNames()
		c.newer_count = C.size_t(newer)
		records := (**C.cdp_install_record)(memory.alloc(unsafe.Sizeof((*C.cdp_install_record)(nil)) * uintptr(count)))
		for i, name := range names {
			record := o.Others[name]
			p := record.get()
			if p == nil {
				let()
				return nil, nil, closedError(op)
			}
			held = append(held, record)
			unsafe.Slice(records, count)[i] = p
		}
		c.other_groups, c.other_count = memory.strs(names)
		c.other_records = records
	}
	return c, let, nil
}

// otherNames has those of the newer records first, and counts them.
func (o *InstallPlanOptions) otherNames() (names []string, newer int) {
	isNewer := map[string]bool{}
	for _, name := range o.Newer {
		if _, known := o.Others[name]; known && !isNewer[name] {
			names = append(names, name)
			isNewer[name] = true
		}
	}
	newer = len(names)
	for name := range o.Others {
		if !isNewer[name] {
			names = append(names, name)
		}
	}
	return names, newer
}

func (p *InstallPlan) get() *C.cdp_install_plan {
	if p == nil {
		return nil
	}
	return (*C.cdp_install_plan)(p.hold())
}

// Diagnostics tells the conflicts, as errors, and what is worth knowing.
func (p *InstallPlan) Diagnostics() Diagnostics {
	return p.diagnostics
}

// Mode tells how the install will be carried out.
func (p *InstallPlan) Mode() InstallMode {
	c := p.get()
	if c == nil {
		return InstallTransactional
	}
	defer p.let()
	return InstallMode(C.cdp_install_plan_mode(c))
}

// InstallTotals tells how much there is to do.
type InstallTotals struct {
	// Files counts files and links to copy, Links only the links, Directories those to make.
	Files, Links, Directories uint64
	// Bytes to copy; 0 when they were not measured.
	Bytes uint64
	// Retained stand in the way and stay; Overwritten are replaced.
	Retained, Overwritten uint64
	// RemovedFiles and RemovedDirectories are the previous install's.
	RemovedFiles, RemovedDirectories uint64
	// Memory that the plan holds, in bytes.
	Memory uint64
}

// Totals tells how much there is to do.
func (p *InstallPlan) Totals() InstallTotals {
	c := p.get()
	if c == nil {
		return InstallTotals{}
	}
	defer p.let()
	t := C.cdp_install_totals{size: C.sizeof_cdp_install_totals}
	C.cdp_install_plan_totals(c, &t)
	return InstallTotals{
		uint64(t.files), uint64(t.links), uint64(t.directories), uint64(t.bytes), uint64(t.retained),
		uint64(t.overwritten), uint64(t.removed_files), uint64(t.removed_directories), uint64(t.memory),
	}
}

// InstallConflict is a reason why a plan cannot be applied.
type InstallConflict struct {
	Code DiagnosticCode
	// Existing is what is at Path now.
	Existing FileKind
	// Path is the destination, object or source that it is about; Source what was to go there; Owner
	// the group that installed what is in the way. Each may be empty.
	Path, Source, Owner string
	// Message is one sentence; Pointer leads to the entry of the AppSpec.
	Message, Pointer string
}

// Conflicts gives the conflicts, of which the first 1,000 are kept, and how many there are.
func (p *InstallPlan) Conflicts() ([]InstallConflict, int) {
	c := p.get()
	if c == nil {
		return nil, 0
	}
	defer p.let()
	count := C.cdp_install_plan_conflict_count(c)
	if count == 0 {
		return nil, 0
	}
	views := make([]C.cdp_install_conflict, min(int(count), 1000))
	conflicts := make([]InstallConflict, C.cdpgo_install_conflicts(c, 0, &views[0], C.size_t(len(views))))
	for i := range conflicts {
		v := &views[i]
		conflicts[i] = InstallConflict{
			DiagnosticCode(v.code), FileKind(v.existing), goString(v.path), goString(v.source), goString(v.owner),
			goString(v.message), goString(v.pointer),
		}
	}
	return conflicts, int(count)
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

// Instruction is one instruction of an install. What does not belong to its type is zero.
type Instruction struct {
	Type InstructionType
	// Source is the file or link to copy; Path is where to, or what to make or change.
	Source, Path string
	// Mode is as the AppSpec has it, ModeBits as a number.
	Mode         string
	ModeBits     uint32
	Owner, Group string
	Context      *SELinuxContext
	// ACL has the entries of a setfacl, in the long form.
	ACL []string
}

func goInstruction(v *C.cdp_install_instruction, acl func(i C.size_t, entry *C.cdp_string) C.cdp_status) Instruction {
	instruction := Instruction{
		Type: InstructionType(v._type), Source: goString(v.source), Path: goString(v.path), Mode: goString(v.mode),
		ModeBits: uint32(v.mode_bits), Owner: goString(v.owner), Group: goString(v.group),
	}
	if v.context_type.data != nil {
		instruction.Context = &SELinuxContext{goString(v.context_user), goString(v.context_type), goString(v.context_range)}
	}
	for i := C.size_t(0); i < v.acl_count; i++ {
		var entry C.cdp_string
		if acl(i, &entry) == C.CDP_OK {
			instruction.ACL = append(instruction.ACL, goString(entry))
		}
	}
	return instruction
}

// Instructions gives all instructions in the order of the official agent.
func (p *InstallPlan) Instructions() ([]Instruction, error) {
	const op = "read the instructions of a plan"
	c := p.get()
	if c == nil {
		return nil, closedError(op)
	}
	defer p.let()
	var paths *C.cdp_text
	if status := C.cdp_text_new(nil, &paths); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_text_free(paths)
	instructions := make([]Instruction, C.cdp_install_plan_instruction_count(c))
	for i := range instructions {
		view := C.cdp_install_instruction{size: C.sizeof_cdp_install_instruction}
		if status := C.cdp_install_plan_instruction_at(c, C.size_t(i), paths, &view); status != C.CDP_OK {
			return nil, failure(op, status)
		}
		instructions[i] = goInstruction(&view, func(n C.size_t, entry *C.cdp_string) C.cdp_status {
			return C.cdp_install_plan_acl_at(c, C.size_t(i), n, entry)
		})
	}
	return instructions, nil
}

func (p *InstallPlan) write(op string, write func(*C.cdp_install_plan, *C.cdp_text) C.cdp_status) ([]byte, error) {
	c := p.get()
	if c == nil {
		return nil, closedError(op)
	}
	defer p.let()
	return written(op, func(text *C.cdp_text) C.cdp_status { return write(c, text) })
}

// WriteInstructions gives the instructions as the agent's install.json.
func (p *InstallPlan) WriteInstructions() ([]byte, error) {
	return p.write("write instructions", func(c *C.cdp_install_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_install_plan_write_instructions(c, text)
	})
}

// WriteText gives the instructions for people to read, one a line.
func (p *InstallPlan) WriteText() ([]byte, error) {
	return p.write("write instructions", func(c *C.cdp_install_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_install_plan_write_text(c, text)
	})
}

// WriteRecord gives the cleanup record that the group has after this plan was carried out.
func (p *InstallPlan) WriteRecord() ([]byte, error) {
	return p.write("write a cleanup record", func(c *C.cdp_install_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_install_plan_write_record(c, text)
	})
}

// WriteForm writes one of the three forms piece by piece, so that nobody has to hold all of it, and
// tells how many bytes were written.
func (p *InstallPlan) WriteForm(w io.Writer, form InstallForm) (int64, error) {
	const op = "write a plan"
	c := p.get()
	if c == nil {
		return 0, closedError(op)
	}
	defer p.let()
	var text *C.cdp_text
	if status := C.cdp_text_new(nil, &text); status != C.CDP_OK {
		return 0, failure(op, status)
	}
	defer C.cdp_text_free(text)
	var position C.size_t
	written := int64(0)
	for status := C.cdp_status(C.CDP_PENDING); status == C.CDP_PENDING; {
		C.cdp_text_clear(text)
		status = C.cdp_install_plan_write_piece(c, C.cdp_install_form(form), 64<<10, &position, text)
		if status < 0 {
			return written, failure(op, status)
		}
		n, err := w.Write(goBytes(C.cdp_text_string(text)))
		written += int64(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// ParseInstructions reads an install.json of the official agents or of this library. Limits may be
// nil.
func ParseInstructions(json []byte, limits *Limits) ([]Instruction, error) {
	found := newFindings(limits)
	defer found.free()
	bounds := limits.c()
	data, length := input(json)
	var made *C.cdp_install_instructions
	if status := C.cdp_install_instructions_parse(data, length, nil, &bounds, found.list, &made); status != C.CDP_OK {
		return nil, found.fail("read instructions", status)
	}
	defer C.cdp_install_instructions_free(made)
	count := C.cdp_install_instructions_count(made)
	if count == 0 {
		return nil, nil
	}
	views := make([]C.cdp_install_instruction, count)
	instructions := make([]Instruction, C.cdpgo_instructions(made, 0, &views[0], count))
	for i := range instructions {
		instructions[i] = goInstruction(&views[i], func(n C.size_t, entry *C.cdp_string) C.cdp_status {
			return C.cdp_install_instructions_acl_at(made, C.size_t(i), n, entry)
		})
	}
	return instructions, nil
}
