/* SPDX-License-Identifier: MIT */
/* Copying several files in one call of the host, with the directories that they lie in. */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/apply.h"

/* Files, and steps in all. */
enum { MOST = 256, MOST_STEPS = 1024 };

struct cdp_install_batch {
    cdp_fs_copy copies[MOST];
    size_t count;
    /* The directories of the steps before this one are made. */
    size_t made;
    /* Source and destination of each, each with a NUL behind, and where the two begin. */
    cdp_text paths;
    size_t at[MOST][2];
    /* The step of each. */
    size_t steps[MOST];
};

void cdp_install_batch_free(cdp_install *in)
{
    if (!in->batch)
        return;
    cdp_text_release(&in->batch->paths);
    cdp_release(&in->allocator, in->batch, sizeof *in->batch);
    in->batch = NULL;
}

static struct cdp_install_batch *begin(cdp_install *in)
{
    if (!in->batch) {
        in->batch = cdp_allocate(&in->allocator, sizeof *in->batch);
        if (in->batch) {
            in->batch->made = 0;
            cdp_text_init(&in->batch->paths, &in->allocator);
        }
    }
    if (in->batch) {
        in->batch->count = 0;
        cdp_text_clear(&in->batch->paths);
    }
    return in->batch;
}

static uint8_t flags_of(const cdp_install *in, size_t step)
{
    return cdp_plan_node(in->plan, in->plan->steps[step].node)->flags;
}

bool cdp_install_is_made_ahead(const cdp_install *in)
{
    return in->batch && in->cursor < in->batch->made && (flags_of(in, in->cursor) & CDP_NODE_MADE);
}

/* Directories come before the files, as they do in any order of steps. */
static cdp_status make_directory(cdp_install *in, size_t step)
{
    cdp_status status;

    if (step < in->batch->made)
        return CDP_OK;
    cdp_install_put_staged_node(in, in->plan->steps[step].node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_install_make_step(in, &in->plan->steps[step], cdp_text_string(&in->path));
    if (status == CDP_OK)
        in->batch->made = step + 1;
    return status;
}

static void add(cdp_install *in, struct cdp_install_batch *batch, size_t at)
{
    const cdp_step *step = &in->plan->steps[at];
    cdp_fs_copy *copy = &batch->copies[batch->count];

    batch->steps[batch->count] = at;

    cdp_text_clear(&in->path);
    *copy = (cdp_fs_copy){.size = sizeof *copy,
                          .from_root = cdp_plan_put_source(in->plan, step, &in->path),
                          .to_root = CDP_FS_DESTINATION,
                          .keep = CDP_INSTALL_KEEP_ALL};
    for (int i = 0; i < 2; i++) {
        if (i == 1)
            cdp_install_put_staged_node(in, step->node, &in->path);
        if (cdp_text_status(&in->path) != CDP_OK)
            batch->paths.status = CDP_ERR_NOMEM;
        batch->at[batch->count][i] = batch->paths.length;
        cdp_text_put(&batch->paths, cdp_text_string(&in->path));
        cdp_text_put_byte(&batch->paths, '\0');
    }
    batch->count++;
}

/* Points the copies at their paths, which move no more. */
static void point(struct cdp_install_batch *batch)
{
    const char *data = batch->paths.data;
    size_t end = batch->paths.length;

    for (size_t i = batch->count; i-- > 0;) {
        const size_t *at = batch->at[i];

        batch->copies[i].from = cdp_string_slice(data + at[0], at[1] - at[0] - 1);
        batch->copies[i].to = cdp_string_slice(data + at[1], end - at[1] - 1);
        end = at[0];
    }
}

static cdp_status tell_copied(cdp_install *in, uint64_t bytes)
{
    cdp_status status = CDP_OK;

    in->progress.bytes += bytes;
    if (bytes > 0)
        status = cdp_install_tell(in, cdp_text_string(&in->other));
    return status;
}

/* Goes on to `end`, as if all had been done one after the other. */
static cdp_status tell(cdp_install *in, size_t end)
{
    const cdp_fs_copy *copy = in->batch->copies;
    cdp_status status = CDP_OK;

    while (in->cursor < end && status == CDP_OK) {
        bool is_directory = flags_of(in, in->cursor) & CDP_NODE_MADE;

        cdp_install_put_destination(in, in->plan->steps[in->cursor].node, &in->other);
        status = cdp_text_status(&in->other);
        if (status == CDP_OK)
            status = cdp_install_tell(in, cdp_text_string(&in->other));
        if (status == CDP_OK && !is_directory)
            status = tell_copied(in, copy++->bytes);
        in->progress.objects++;
        in->cursor++;
    }
    return status;
}

/* Puts the files of a batch together and makes its directories; `*end` is the step behind it. */
static cdp_status collect(cdp_install *in, struct cdp_install_batch *batch, size_t *end)
{
    size_t last = in->plan->step_count - in->cursor > MOST_STEPS ? in->cursor + MOST_STEPS
                                                                 : in->plan->step_count;
    size_t at = in->cursor;
    cdp_status status = CDP_OK;

    for (; at < last && status == CDP_OK; at++) {
        uint8_t flags = flags_of(in, at);

        if ((flags & CDP_NODE_LINK) || (!(flags & CDP_NODE_MADE) && batch->count == MOST))
            break;
        if (flags & CDP_NODE_MADE)
            status = make_directory(in, at);
        else
            add(in, batch, at);
    }
    *end = at;
    if (status == CDP_OK && cdp_text_status(&batch->paths) != CDP_OK)
        status = CDP_ERR_NOMEM;
    return status;
}

cdp_status cdp_install_copy_batch(cdp_install *in)
{
    struct cdp_install_batch *batch;
    cdp_status copied = CDP_OK;
    cdp_status status;
    size_t done = 0;
    size_t first = in->cursor;
    size_t end;

    if (!in->fs.copy_files || (flags_of(in, in->cursor) & CDP_NODE_LINK))
        return CDP_OK;
    batch = begin(in);
    if (!batch)
        return CDP_ERR_NOMEM;
    status = collect(in, batch, &end);
    if (status != CDP_OK)
        return status;
    point(batch);
    if (batch->count > 1)
        copied = cdp_fs_copy_files(&in->fs, batch->copies, batch->count, &done);
    if (copied == CDP_ERR_UNSUPPORTED)
        in->fs.copy_files = NULL;
    /* A source that is a link by now: whoever copies one after the other sees to that. */
    if (copied == CDP_ERR_UNSUPPORTED || copied == CDP_ERR_CONFLICT)
        copied = CDP_OK;
    status = tell(in, done < batch->count ? batch->steps[done] : end);
    if (copied != CDP_OK)
        return cdp_install_failed(in, copied, "copy", batch->copies[done].from);
    return status == CDP_OK && in->cursor > first ? CDP_PENDING : status;
}
