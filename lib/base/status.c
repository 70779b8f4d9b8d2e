/* SPDX-License-Identifier: MIT */
#include <codedeploy/base.h>

typedef struct status_text {
    cdp_status status;
    const char *name;
    const char *message;
} status_text;

static const status_text statuses[] = {
    {CDP_OK, "CDP_OK", "done"},
    {CDP_PENDING, "CDP_PENDING", "begun, not finished yet"},
    {CDP_PASSTHROUGH, "CDP_PASSTHROUGH", "left to the default behaviour"},
    {CDP_ERR_NOMEM, "CDP_ERR_NOMEM", "out of memory"},
    {CDP_ERR_ARGUMENT, "CDP_ERR_ARGUMENT", "an argument is missing or out of range"},
    {CDP_ERR_STRUCT, "CDP_ERR_STRUCT",
     "a struct has a wrong size, or members that this version does not know"},
    {CDP_ERR_INVALID, "CDP_ERR_INVALID", "the input is refused; the diagnostics say why"},
    {CDP_ERR_LIMIT, "CDP_ERR_LIMIT", "the input exceeds a limit"},
    {CDP_ERR_STATE, "CDP_ERR_STATE", "not possible in the present state"},
    {CDP_ERR_TIME, "CDP_ERR_TIME", "time is negative or runs backwards"},
    {CDP_ERR_NOT_FOUND, "CDP_ERR_NOT_FOUND", "no such thing"},
    {CDP_ERR_UNSUPPORTED, "CDP_ERR_UNSUPPORTED", "this build does not have that feature"},
    {CDP_ERR_HOST, "CDP_ERR_HOST", "a callback of the host failed"},
    {CDP_ERR_CONFLICT, "CDP_ERR_CONFLICT", "something is in the way"},
    {CDP_ERR_CANCELLED, "CDP_ERR_CANCELLED", "cancelled by the host"},
    {CDP_ERR_CORRUPT, "CDP_ERR_CORRUPT", "a saved state is damaged or from a newer version"},
    {CDP_ERR_IO, "CDP_ERR_IO", "reading or writing failed"},
    {CDP_ERR_BUSY, "CDP_ERR_BUSY", "held by somebody else"},
    {CDP_ERR_DENIED, "CDP_ERR_DENIED", "not permitted"},
    {CDP_ERR_FULL, "CDP_ERR_FULL", "no space is left"},
    {CDP_ERR_HOST_FIRST, "CDP_ERR_HOST_FIRST", "a callback of the host failed with its own code"},
};

static const status_text *find(cdp_status status)
{
    if (status < CDP_ERR_HOST_FIRST)
        status = CDP_ERR_HOST_FIRST;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == status)
            return &statuses[i];
    }
    return NULL;
}

const char *cdp_status_name(cdp_status status)
{
    const status_text *text = find(status);

    return text ? text->name : "unknown";
}

const char *cdp_status_message(cdp_status status)
{
    const status_text *text = find(status);

    return text ? text->message : "unknown status";
}
