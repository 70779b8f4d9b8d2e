/* SPDX-License-Identifier: MIT */
#include "inventory_file.h"

#include <errno.h>
#include <string.h>

#include "findings.h"

enum { PIECE = 64 * 1024 };

typedef struct reading {
    const char *name;
    FILE *stream;
    cdp_inventory *inventory;
    cdp_diagnostics *diagnostics;
    inventory_take take;
    void *user;
    int exit;
} reading;

/* Gives the reader one more piece of the file. */
static bool feed(reading *r)
{
    char piece[PIECE];
    size_t length = fread(piece, 1, sizeof piece, r->stream);
    cdp_status status = length > 0 ? cdp_inventory_feed(r->inventory, piece, length)
                                   : cdp_inventory_finish(r->inventory);

    if (ferror(r->stream))
        r->exit = cli_fail("%s: %s", r->name, strerror(errno));
    else if (status != CDP_OK)
        r->exit = cli_fail("%s: out of memory", r->name);
    else
        return true;
    return false;
}

/* Looks at what comes next; false at the end. */
static bool take_next(reading *r)
{
    cdp_instance instance = {.size = sizeof instance};

    switch (cdp_inventory_next(r->inventory, r->diagnostics, &instance)) {
    case CDP_OK:
        if (r->take(&instance, r->user))
            return true;
        r->exit = CLI_IO;
        return false;
    case CDP_PENDING:
        return feed(r);
    case CDP_ERR_INVALID:
    case CDP_ERR_LIMIT:
        r->exit = CLI_FINDINGS;
        return true;
    case CDP_ERR_NOMEM:
        r->exit = cli_fail("%s: out of memory", r->name);
        return false;
    default:
        return false;
    }
}

int inventory_file_read(const char *path, inventory_take take, void *user)
{
    bool is_input = strcmp(path, "-") == 0;
    reading r = {.name = is_input ? "standard input" : path, .take = take, .user = user};
    findings_file file = {.name = r.name};

    r.stream = is_input ? stdin : fopen(path, "rb");
    if (!r.stream)
        return cli_fail("%s: %s", path, strerror(errno));
    if (cdp_inventory_new(NULL, NULL, &r.inventory) != CDP_OK ||
        cdp_diagnostics_new(NULL, NULL, &r.diagnostics) != CDP_OK)
        r.exit = cli_fail("%s: out of memory", r.name);
    while (r.exit != CLI_IO && take_next(&r))
        ;
    if (r.diagnostics) {
        file.diagnostics = r.diagnostics;
        findings_report(&file);
    }
    cdp_diagnostics_free(r.diagnostics);
    cdp_inventory_free(r.inventory);
    if (!is_input)
        fclose(r.stream);
    return r.exit;
}
