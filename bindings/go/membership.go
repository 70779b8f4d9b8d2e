// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"errors"
	"io"
	"unsafe"
)

// TagGroupLimit is the service's limit on the tag groups of a tag set.
const TagGroupLimit = C.CDP_GROUP_TAG_GROUP_LIMIT

// Match tells whether an instance belongs to a group, and the reason. Indices are -1 for none.
type Match struct {
	Selected bool
	Reason   MatchReason
	// Filters has, for each tag group of the instance's kind, the first filter that matches.
	Filters [TagGroupLimit]int
	// TagGroup is the first one without a filter that matches.
	TagGroup int
	// AutoScalingGroup is which of the group's Auto Scaling groups it is in.
	AutoScalingGroup int
	// NearFilter and NearTag are, from Explain only, what comes nearest.
	NearFilter, NearTag int
	// Sentence says it in words, from Explain only.
	Sentence string
}

func goIndex(n C.uint32_t) int {
	if n == C.CDP_MATCH_NONE {
		return -1
	}
	return int(n)
}

func goMatch(c *C.cdp_match) Match {
	match := Match{
		Selected: c.selected != 0, Reason: MatchReason(c.reason), TagGroup: goIndex(c.tag_group),
		AutoScalingGroup: goIndex(c.auto_scaling_group), NearFilter: goIndex(c.near_filter), NearTag: goIndex(c.near_tag),
	}
	for i := range match.Filters {
		match.Filters[i] = goIndex(c.filters[i])
	}
	return match
}

// Match tells whether an instance belongs to the group.
func (g *DeploymentGroup) Match(instance Instance) (Match, error) {
	const op = "match an instance"
	p := g.get()
	if p == nil {
		return Match{}, closedError(op)
	}
	defer g.let()
	var memory arena
	defer memory.free()
	match := C.cdp_match{size: C.sizeof_cdp_match}
	if status := C.cdp_group_match(p, instance.c(&memory), &match); status != C.CDP_OK {
		return Match{}, failure(op, status)
	}
	return goMatch(&match), nil
}

// Explain is Match with what is missing told as precisely as possible, and in words.
func (g *DeploymentGroup) Explain(instance Instance) (Match, error) {
	const op = "explain a match"
	p := g.get()
	if p == nil {
		return Match{}, closedError(op)
	}
	defer g.let()
	var memory arena
	defer memory.free()
	c := instance.c(&memory)
	match := C.cdp_match{size: C.sizeof_cdp_match}
	if status := C.cdp_group_explain(p, c, &match); status != C.CDP_OK {
		return Match{}, failure(op, status)
	}
	sentence, err := written(op, func(text *C.cdp_text) C.cdp_status {
		return C.cdp_match_render(p, c, &match, text)
	})
	explained := goMatch(&match)
	explained.Sentence = string(sentence)
	return explained, err
}

// Members are the instances of an inventory that belong to a group, each once, in the order of the
// inventory. They are immutable, and may be used by many goroutines at once.
type Members struct {
	object
}

// Members selects the instances that belong to the group. Next gives one instance after the other,
// and io.EOF when there are no more, as InventoryReader.Next does; any other error ends it and comes
// back. Of instances with the same id the first that belongs counts.
func (g *DeploymentGroup) Members(next func() (Instance, error)) (*Members, error) {
	const op = "select the members of a group"
	p := g.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer g.let()
	var made *C.cdp_members
	if status := C.cdp_members_new(p, nil, &made); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	members := &Members{}
	members.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_members_free((*C.cdp_members)(pointer))
	}, g.resource)
	for {
		instance, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = addMember(op, made, &instance)
		}
		if err != nil {
			members.Close()
			return nil, err
		}
	}
	if status := C.cdp_members_finish(made); status != C.CDP_OK {
		members.Close()
		return nil, failure(op, status)
	}
	return members, nil
}

func addMember(op string, members *C.cdp_members, instance *Instance) error {
	var memory arena
	defer memory.free()
	return failure(op, C.cdp_members_add(members, instance.c(&memory), nil))
}

// MembersOf selects those of the given instances that belong to the group.
func (g *DeploymentGroup) MembersOf(instances ...Instance) (*Members, error) {
	at := 0
	return g.Members(func() (Instance, error) {
		if at == len(instances) {
			return Instance{}, io.EOF
		}
		at++
		return instances[at-1], nil
	})
}

func (m *Members) get() *C.cdp_members {
	if m == nil {
		return nil
	}
	return (*C.cdp_members)(m.hold())
}

// Len tells how many belong. With none a deployment fails.
func (m *Members) Len() int {
	p := m.get()
	if p == nil {
		return 0
	}
	defer m.let()
	return int(C.cdp_members_count(p))
}

// Seen tells how many instances were looked at.
func (m *Members) Seen() int {
	p := m.get()
	if p == nil {
		return 0
	}
	defer m.let()
	return int(C.cdp_members_seen(p))
}

// Duplicates tells how many of those that belong were there before.
func (m *Members) Duplicates() int {
	p := m.get()
	if p == nil {
		return 0
	}
	defer m.let()
	return int(C.cdp_members_duplicates(p))
}

// All gives all members; their tags are not kept.
func (m *Members) All() []Instance {
	p := m.get()
	if p == nil {
		return nil
	}
	defer m.let()
	count := C.cdp_members_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_instance, count)
	all := make([]Instance, C.cdpgo_members(p, 0, &views[0], count))
	for i := range all {
		all[i] = goInstance(&views[i])
	}
	return all
}

// Find gives the index of a member among All; false when the id is none's.
func (m *Members) Find(id string) (int, bool) {
	p := m.get()
	if p == nil {
		return 0, false
	}
	defer m.let()
	var index C.size_t
	if C.cdp_members_find(p, nameString(id), &index) != C.CDP_OK {
		return 0, false
	}
	return int(index), true
}
