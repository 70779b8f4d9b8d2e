/* SPDX-License-Identifier: MIT */
#ifndef CDP_LIFECYCLE_OBJECT_H
#define CDP_LIFECYCLE_OBJECT_H

#include "lifecycle/machine.h"

enum { CDP_NO_MESSAGE = 0xFF };

/* The public object: one block that holds this, the machine, and room for a message. */
struct cdp_lifecycle {
    /* What of the allocator is needed to give the block back. */
    void (*release)(void *pointer, size_t bytes, void *user);
    void *user;
    uint32_t bytes;
    uint16_t message_capacity;
    uint16_t message_length;
    uint8_t message_event; /* or CDP_NO_MESSAGE */
};

/* `options` as imported and checked. */
cdp_status cdp_lifecycle_allocate(const cdp_lifecycle_plan *plan,
                                  const cdp_lifecycle_options *options,
                                  const cdp_allocator *allocator, cdp_lifecycle **lifecycle);

static inline cdp_machine *cdp_lifecycle_machine(const cdp_lifecycle *lifecycle)
{
    return (cdp_machine *)(uintptr_t)(lifecycle + 1);
}

/* NUL-terminated, `message_capacity` bytes long at most. */
static inline char *cdp_lifecycle_message(const cdp_lifecycle *lifecycle)
{
    const cdp_machine *machine = cdp_lifecycle_machine(lifecycle);

    return (char *)(uintptr_t)machine + cdp_machine_bytes(machine->plan);
}

/* Keeps what of a message there is room for. */
void cdp_lifecycle_keep_message(cdp_lifecycle *lifecycle, size_t event, cdp_string message);

#endif
