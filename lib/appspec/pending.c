/* SPDX-License-Identifier: MIT */
#include "appspec/model.h"
#define NOT_YET CDP_ERR_UNSUPPORTED
cdp_status cdp_appspec_write_starter(cdp_platform platform, cdp_text *text)
{
    (void)platform, (void)text;
    return NOT_YET;
}
cdp_status cdp_appspec_compare(const char *bytes, size_t length, const cdp_appspec_options *options,
                               cdp_diagnostics *diagnostics, cdp_appspec_comparison **comparison)
{
    (void)bytes, (void)length, (void)options, (void)diagnostics, (void)comparison;
    return NOT_YET;
}
void cdp_appspec_comparison_free(cdp_appspec_comparison *comparison)
{
    (void)comparison;
}
cdp_status cdp_appspec_comparison_reading(const cdp_appspec_comparison *comparison,
                                          cdp_appspec_reader reader, cdp_appspec_reading *reading)
{
    (void)comparison, (void)reader, (void)reading;
    return NOT_YET;
}
size_t cdp_appspec_comparison_count(const cdp_appspec_comparison *comparison)
{
    (void)comparison;
    return 0;
}
cdp_status cdp_appspec_comparison_at(const cdp_appspec_comparison *comparison, size_t index,
                                     cdp_appspec_difference *difference)
{
    (void)comparison, (void)index, (void)difference;
    return NOT_YET;
}
