/* SPDX-License-Identifier: MIT */
/* Deploys a bundle on this machine: deploy DIRECTORY [TRIAL-ROOT]. README shows it. */
#include <stdio.h>
#include <string.h>

#include <codedeploy-posix/codedeploy-posix.h>

static cdp_status show(const cdp_posix_news *news, void *user)
{
    (void)user;
    if (news->kind == CDP_POSIX_NEWS_EVENT_ENDED)
        printf("%-20s %s\n", news->event.data, news->status.data);
    return CDP_OK;
}

int main(int argc, char **argv)
{
    cdp_posix_deploy_options options = {.size = sizeof options, .news = show};

    if (argc < 2)
        return 2;
    options.bundle = (cdp_string){argv[1], strlen(argv[1])};
    if (argc > 2)
        options.destination_root = options.root_directory = (cdp_string){argv[2], strlen(argv[2])};
    return cdp_posix_deploy(&options, NULL, NULL) == CDP_OK ? 0 : 1;
}
