/* SPDX-License-Identifier: MIT */
#include "install/directories.h"

void cdp_directories_init(cdp_directories *list, const cdp_allocator *allocator)
{
    *list = (cdp_directories){.allocator = *allocator};
    cdp_text_init(&list->names, allocator);
}

void cdp_directories_release(cdp_directories *list)
{
    cdp_text_release(&list->names);
    cdp_release(&list->allocator, list->ends, list->capacity * sizeof *list->ends);
}

cdp_string cdp_directories_at(const cdp_directories *list, size_t index)
{
    size_t start = index > 0 ? list->ends[index - 1] : 0;

    return cdp_string_slice(list->names.data ? list->names.data + start : "",
                            list->ends[index] - start);
}

cdp_status cdp_directories_put(cdp_text *text, cdp_string directory, cdp_string name)
{
    cdp_text_put(text, directory);
    if (name.length > 0)
        cdp_text_put_byte(text, '/');
    cdp_text_put(text, name);
    return cdp_text_status(text);
}

cdp_status cdp_directories_add(cdp_directories *list, cdp_string directory, cdp_string name)
{
    cdp_status status = cdp_array_reserve(&list->allocator, (void **)&list->ends, &list->capacity,
                                          list->count + 1, sizeof *list->ends);
    cdp_text copy;

    if (status != CDP_OK)
        return status;
    /* The directory's path lies in the text that grows. */
    cdp_text_init(&copy, &list->allocator);
    status = cdp_directories_put(&copy, directory, name);
    if (status == CDP_OK)
        cdp_text_put(&list->names, cdp_text_string(&copy));
    cdp_text_release(&copy);
    if (status == CDP_OK)
        status = cdp_text_status(&list->names);
    if (status == CDP_OK)
        list->ends[list->count++] = list->names.length;
    return status;
}
