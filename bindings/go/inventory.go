// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"errors"
	"io"
	"unsafe"
)

// Tag is a tag of an instance, or of a deployment group.
type Tag struct {
	Key, Value string
}

// Instance is what is known of one instance. Fields left zero are not known.
type Instance struct {
	// ID is the EC2 instance id, or an on-premises host's registered name. Required.
	ID    string
	Kind  InstanceKind
	State InstanceState
	// Zone is the Availability Zone.
	Zone string
	// AutoScalingGroup is the one that it belongs to; empty: none.
	AutoScalingGroup string
	AutoScalingState AutoScalingState
	InstanceHealth   InstanceHealth
	RevisionHealth   RevisionHealth
	Tags             []Tag
}

func (i *Instance) c(memory *arena) *C.cdp_instance {
	c := (*C.cdp_instance)(memory.alloc(C.sizeof_cdp_instance))
	c.size = C.sizeof_cdp_instance
	c.id = memory.str(i.ID)
	c.kind = C.cdp_instance_kind(i.Kind)
	c.state = C.cdp_instance_state(i.State)
	c.zone = memory.str(i.Zone)
	c.auto_scaling_group = memory.str(i.AutoScalingGroup)
	c.auto_scaling_state = C.cdp_auto_scaling_state(i.AutoScalingState)
	c.instance_health = C.cdp_instance_health(i.InstanceHealth)
	c.revision_health = C.cdp_revision_health(i.RevisionHealth)
	if count := len(i.Tags); count > 0 {
		c.tags = (*C.cdp_tag)(memory.alloc(unsafe.Sizeof(C.cdp_tag{}) * uintptr(count)))
		c.tag_count = C.size_t(count)
		for n, tag := range i.Tags {
			unsafe.Slice(c.tags, count)[n] = C.cdp_tag{key: memory.text(tag.Key), value: memory.text(tag.Value)}
		}
	}
	return c
}

func goInstance(c *C.cdp_instance) Instance {
	instance := Instance{
		ID: goString(c.id), Kind: InstanceKind(c.kind), State: InstanceState(c.state), Zone: goString(c.zone),
		AutoScalingGroup: goString(c.auto_scaling_group), AutoScalingState: AutoScalingState(c.auto_scaling_state),
		InstanceHealth: InstanceHealth(c.instance_health), RevisionHealth: RevisionHealth(c.revision_health),
	}
	if c.tag_count > 0 {
		instance.Tags = make([]Tag, c.tag_count)
		for i, tag := range unsafe.Slice(c.tags, int(c.tag_count)) {
			instance.Tags[i] = Tag{goString(tag.key), goString(tag.value)}
		}
	}
	return instance
}

// InventoryReader reads an inventory in JSON, a list of instances or an object whose member
// instances is that list, one instance after the other, so that its memory does not depend on how
// many there are.
type InventoryReader struct {
	machine
	reader io.Reader
	buffer []byte
	ended  bool
}

// NewInventoryReader makes a reader. Limits may be nil; they bound the text of one instance.
func NewInventoryReader(reader io.Reader, limits *Limits) (*InventoryReader, error) {
	bounds := limits.c()
	var made *C.cdp_inventory
	if status := C.cdp_inventory_new(&bounds, nil, &made); status != C.CDP_OK {
		return nil, failure("make an inventory reader", status)
	}
	r := &InventoryReader{reader: reader, buffer: make([]byte, 32<<10)}
	r.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_inventory_free((*C.cdp_inventory)(pointer))
	})
	return r, nil
}

// Next reads the next instance; io.EOF after the last one. After an instance that is refused the next
// call goes on behind it, when errors.Is(err, ErrInvalid) or ErrLimit; any other error is final.
func (r *InventoryReader) Next() (Instance, error) {
	const op = "read an inventory"
	if r == nil {
		return Instance{}, closedError(op)
	}
	p := (*C.cdp_inventory)(r.enter())
	if p == nil {
		return Instance{}, closedError(op)
	}
	defer r.leave()
	for {
		instance := C.cdp_instance{size: C.sizeof_cdp_instance}
		switch status := C.cdp_inventory_next(p, r.findings.list, &instance); status {
		case C.CDP_OK:
			return goInstance(&instance), nil
		case C.CDP_PENDING:
			if err := r.feed(p); err != nil {
				return Instance{}, err
			}
		case C.CDP_ERR_NOT_FOUND:
			return Instance{}, io.EOF
		default:
			return Instance{}, r.findings.fail(op, status)
		}
	}
}

func (r *InventoryReader) feed(p *C.cdp_inventory) error {
	const op = "read an inventory"
	if r.ended {
		return &Error{Op: op, Status: ErrState}
	}
	n, err := r.reader.Read(r.buffer)
	if n > 0 {
		data, length := input(r.buffer[:n])
		if status := C.cdp_inventory_feed(p, data, length); status != C.CDP_OK {
			return failure(op, status)
		}
	}
	if errors.Is(err, io.EOF) {
		r.ended = true
		C.cdp_inventory_finish(p)
		return nil
	}
	return err
}

// ReadInventory reads a whole inventory. The first instance that is refused ends it.
func ReadInventory(reader io.Reader) ([]Instance, error) {
	r, err := NewInventoryReader(reader, nil)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var instances []Instance
	for {
		instance, err := r.Next()
		if errors.Is(err, io.EOF) {
			return instances, nil
		}
		if err != nil {
			return instances, err
		}
		instances = append(instances, instance)
	}
}
