/* SPDX-License-Identifier: MIT */
/* Part of the extension module: what would take Python one call for each item of a long list. */

/* All of an AppSpec's files at once: sources and destinations one behind the other in `texts`, the
 * length of each in `lengths`, 1 in `kinds` where all are plain texts. Returns the bytes that the
 * texts need; what does not fit into `capacity` is not written. */
static size_t cdp_python_files(const cdp_appspec *appspec, char *texts, size_t capacity,
                               uint32_t *lengths, uint8_t *kinds)
{
    size_t count = cdp_appspec_file_count(appspec), used = 0;

    for (size_t i = 0; i < count; i++) {
        cdp_appspec_file file;
        const cdp_string *both[2] = {&file.source, &file.destination};

        file.size = sizeof file;
        if (cdp_appspec_file_at(appspec, i, &file) != CDP_OK)
            return 0;
        for (int k = 0; k < 2; k++) {
            if (used + both[k]->length <= capacity && both[k]->length)
                memcpy(texts + used, both[k]->data, both[k]->length);
            used += both[k]->length;
            if (lengths)
                lengths[2 * i + k] = (uint32_t)both[k]->length;
        }
        if (kinds) {
            kinds[2 * i] = (uint8_t)file.source_kind;
            kinds[2 * i + 1] = (uint8_t)file.destination_kind;
        }
    }
    return used;
}
