/* SPDX-License-Identifier: MIT */
#include "base/words.h"

#include "base/strings.h"

const char *cdp_word_of(const cdp_word_list *list, int value)
{
    if (value < list->first || (size_t)(value - list->first) >= list->count)
        return "unknown";
    return list->words[value - list->first];
}

cdp_status cdp_word_find(const cdp_word_list *list, cdp_string word, int *value)
{
    for (size_t i = 0; i < list->count; i++) {
        if (cdp_string_equal_c(word, list->words[i])) {
            *value = list->first + (int)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}
