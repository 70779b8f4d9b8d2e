/* SPDX-License-Identifier: MIT */
/* The facts on rollbacks, by number (docs/rollback.md): each a situation and lines of the plan. */
#include "situation.h"

#include <stdio.h>

#include "cases.h"

typedef struct fact {
    const char *name;
    const char *words;
    /* Lines that the dump has (a line that ends in … need only begin so); behind `!` what no line
     * begins with. */
    const char *expected;
} fact;

#define AUTO "auto failure,alarm,request;"
#define PAST "past d-0 key=good.zip;"
#define SERVER "platform server; id d-1;" AUTO PAST
#define BLUE_GREEN SERVER "type blue-green;"
#define LAMBDA "platform lambda; id d-1;" AUTO PAST
#define ECS "platform ecs; id d-1;" AUTO PAST

#define INSTALLED "events=ApplicationStop,DownloadBundle,BeforeInstall,Install,AfterInstall"
#define STARTED INSTALLED ",ApplicationStart"
#define ALL STARTED ",ValidateService"
#define GREEN ALL ",BeforeAllowTraffic,AllowTraffic,AfterAllowTraffic"
#define BLOCKED "events=BeforeBlockTraffic,BlockTraffic,AfterBlockTraffic"
/* One instance done, one failed, one never begun. */
#define FLEET                                                                                      \
    "target i-1 healthy old status=Succeeded " ALL "; target i-2 healthy current good "            \
    "status=Failed " INSTALLED ",ApplicationStart!; target i-3 healthy current good;"
#define POSSIBLE "possible 1\nrefusal none\n"
#define IMPOSSIBLE(refusal) "possible 0\nkind none\nrefusal " refusal "\n!step\n!target \n"

static const fact general[] = {
    {"1.1 a rollback is a new deployment of a revision that was deployed before",
     SERVER FLEET "cause failure; status Failed",
     POSSIBLE "kind redeploy\ncreator codeDeployRollback\nsource d-0\nrevision good.zip\n"
              "triggering d-1\nscenario in-place-rollback"},
    {"1.2 moving traffic back is a new deployment, too", LAMBDA "cause alarm; weight 10; target f",
     POSSIBLE "kind reroute\ncreator codeDeployRollback\nsource d-0"},
    {"1.3 a manual rollback is an ordinary deployment of the user's",
     SERVER FLEET "cause manual; status Failed; manual-behavior OVERWRITE",
     POSSIBLE "kind redeploy\ncreator user\nsource d-0\ntriggering -\nstatus -\n"
              "scenario in-place\nbehavior OVERWRITE\nrecord 1 \nrecord 2 "},
    {"1.3 any earlier deployment can be redeployed by hand, one that failed, too",
     SERVER "cause manual; status Succeeded; past d-00 status=Failed key=old.zip; wanted 2;"
            "target i-1",
     POSSIBLE "source d-00\nrevision old.zip"},
    {"1.4 the last good revision is that of the most recent deployment that succeeded",
     "platform server; cause failure; id d-1;" AUTO
     "past d-a key=a.zip; past d-b key=b.zip; past d-c status=Failed; past d-e status=Stopped;"
     "target i-1 begun",
     "source d-b\nrevision b.zip"},
    {"1.4 a rollback that succeeded made its revision the good one",
     SERVER "cause failure; past d-c status=Failed; past d-d creator=codeDeployRollback key=a.zip;"
            "target i-1 begun",
     "source d-d\nrevision a.zip"},
    {"1.4 the deployment itself is passed over",
     SERVER "cause request; past d-1 key=bad.zip; target i-1 begun", "source d-0"},
    {"1.4 launch and termination deployments are no deployments of the group's",
     SERVER "cause failure; past d-l creator=autoscaling; past d-t creator=autoscalingTermination;"
            "target i-1 begun",
     "source d-0"},
    {"1.5 a deployment that failed stays Failed", LAMBDA "cause failure; weight 10",
     POSSIBLE "status Failed"},
    {"1.5 a deployment that was stopped stays Stopped", LAMBDA "cause alarm; weight 10",
     POSSIBLE "status Stopped"},
};

static const fact triggers[] = {
    {"2.1 DEPLOYMENT_FAILURE is enabled", "platform lambda; auto failure; cause failure; weight 10",
     POSSIBLE "wanted 1\nstatus Failed"},
    {"2.1 DEPLOYMENT_FAILURE is not enabled",
     "platform lambda; auto alarm,request; cause failure; weight 10",
     IMPOSSIBLE("not-configured") "wanted 0\nrecord 1 "},
    {"2.2 DEPLOYMENT_STOP_ON_ALARM is enabled",
     "platform lambda; auto alarm; cause alarm; weight 10", POSSIBLE "wanted 1\nstatus Stopped"},
    {"2.2 DEPLOYMENT_STOP_ON_ALARM is not enabled",
     "platform lambda; auto failure,request; cause alarm; weight 10",
     IMPOSSIBLE("not-configured") "wanted 0"},
    {"2.3 DEPLOYMENT_STOP_ON_REQUEST is enabled",
     "platform lambda; auto request; cause request; weight 10",
     POSSIBLE "wanted 1\nstatus Stopped"},
    {"2.3 DEPLOYMENT_STOP_ON_REQUEST is not enabled",
     "platform lambda; auto failure,alarm; cause request; weight 10",
     IMPOSSIBLE("not-configured") "wanted 0"},
    {"2.4 stop and roll back, whatever is configured",
     "platform lambda; auto-off; cause request; stop asked; weight 10", POSSIBLE "wanted 1"},
    {"2.5 stop and do not roll back, whatever is configured",
     "platform lambda;" AUTO "cause request; stop declined; weight 10",
     IMPOSSIBLE("declined") "wanted 0\nrecord 1 "},
    {"2.6 stop without the flag: as configured",
     "platform lambda; auto request; cause request; weight 10", POSSIBLE},
    {"2.7 nobody continued it: neither a failure nor a request",
     ECS "cause request; status Stopped; ready-expired; replacement; target s " INSTALLED,
     "possible 0\nrefusal ready-expired\nwanted 0\nrecord 1 "},
    {"2.8 enabled=false disables all", "platform lambda; auto-off; cause failure; weight 10",
     IMPOSSIBLE("not-configured")},
};

static const fact records[] = {
    {"3.3 the message of the deployment that failed names the rollback",
     LAMBDA "cause failure; weight 10",
     "record 1 Deployment d-1 was terminated: it failed. Deployment d-2 rolls it back."},
    {"3.3 the message of the rollback names the deployment that failed",
     LAMBDA "cause failure; weight 10",
     "record 2 Deployment d-2 was triggered to roll back deployment d-1, which failed."},
    {"3.3 the messages tell of an alarm", LAMBDA "cause alarm; weight 10",
     "record 1 Deployment d-1 was terminated: it was stopped by an alarm. Deployment d-2 rolls it "
     "back.\nrecord 2 Deployment d-2 was triggered to roll back deployment d-1, which was stopped "
     "by an alarm."},
    {"3.3 the messages tell of a request", LAMBDA "cause request; weight 10",
     "record 2 Deployment d-2 was triggered to roll back deployment d-1, which was stopped on "
     "request."},
    {"3.4 the rollback's creator is codeDeployRollback", SERVER FLEET "cause failure",
     "creator codeDeployRollback"},
    {"3.5 ECS rolls back with ECSAllAtOnce",
     ECS "cause alarm; config CodeDeployDefault.ECSLinear10PercentEvery1Minutes; replacement;"
         "weight 30",
     "config CodeDeployDefault.ECSAllAtOnce"},
    {"3.5 Lambda rolls back with LambdaAllAtOnce",
     LAMBDA "cause alarm; config CodeDeployDefault.LambdaCanary10Percent5Minutes; weight 10",
     "config CodeDeployDefault.LambdaAllAtOnce"},
    {"3.5 Server rolls back with the configuration of the deployment",
     SERVER FLEET "cause failure; config CodeDeployDefault.HalfAtATime",
     "config CodeDeployDefault.HalfAtATime"},
    {"3.6 the revision is the last good one", SERVER FLEET "cause failure; revision bad.zip",
     "revision good.zip\nsame-revision 0"},
    {"3.6 a revision that was deployed again is the same one",
     SERVER FLEET "cause failure; revision good.zip", "revision good.zip\nsame-revision 1"},
    {"3.7 what to do with existing files is what the last good deployment did",
     "platform server; cause failure; behavior OVERWRITE;" AUTO "past d-0 behavior=RETAIN;" FLEET,
     "behavior RETAIN"},
    {"3.10 while a deployment is active there is no manual one",
     SERVER FLEET "cause manual; status InProgress", IMPOSSIBLE("active")},
    {"3.10 when it has ended there is", SERVER FLEET "cause manual; status Stopped", POSSIBLE},
};

static const fact impossible[] = {
    {"4.1 the first deployment of a group",
     "platform server; id d-1;" AUTO "past d-0 status=Failed;" FLEET "cause failure",
     IMPOSSIBLE(
         "no-earlier-revision") "wanted 1\nsource -\n"
                                "record 1 Deployment d-1 was terminated: it failed. It is not "
                                "rolled back. No earlier "
                                "deployment of the group has "
                                "succeeded, so there is no revision to go back to.\nrecord 2 "},
    {"4.1 a manual redeploy with nothing to redeploy",
     "platform server; cause manual; status Failed", IMPOSSIBLE("no-earlier-revision")},
    {"4.1 what the last good one deployed is not known",
     "platform server; id d-1;" AUTO "past d-0 unknown; cause failure; target i-0 begun",
     IMPOSSIBLE("revision-unknown") "wanted 1\nsource d-0\n"},
    {"4.2 ECS: failure in BeforeInstall",
     ECS "cause failure; target s events=BeforeInstall! status=Failed",
     IMPOSSIBLE("nothing-installed") "wanted 1"},
    {"4.2 ECS: a stop in BeforeInstall, asked to roll back",
     ECS "cause request; stop asked; failed BeforeInstall", IMPOSSIBLE("nothing-installed")},
    {"4.2 ECS: not even when it is said that there is a replacement",
     ECS "cause failure; replacement; target s events=BeforeInstall! status=Failed",
     IMPOSSIBLE("nothing-installed")},
    {"4.2 ECS: an alarm before anything began", ECS "cause alarm; target s",
     IMPOSSIBLE("nothing-installed")},
    {"4.2 ECS: an alarm in Install is rolled back",
     ECS "cause alarm; target s events=BeforeInstall,Install!",
     POSSIBLE "kind reroute\nstep 0 remove-replacement s (1 at a time, 3000 ms estimate)"},
    {"4.3 blue/green: the originals are terminated",
     BLUE_GREEN "cause failure; target b original had-traffic gone; target g traffic " GREEN,
     IMPOSSIBLE("original-gone") "loss terminated 1"},
    {"4.3 ECS: the original task set is gone",
     ECS "cause alarm; replacement; weight 100; original-gone",
     IMPOSSIBLE(
         "original-gone") "loss terminated 0\n# The original task set is gone, or may be.\n"
                          "# The replacement task set stays, with 100 percent of the traffic."},
    {"4.3 Lambda: the version that the alias had is deleted",
     LAMBDA "cause alarm; weight 100; original-gone",
     IMPOSSIBLE("original-gone") "# The original version of the function is gone, or may be.\n"
                                 "# The alias stays on the new version."},
    {"4.3 blue/green: the originals are said to be gone",
     BLUE_GREEN "cause alarm; original-gone; target g traffic",
     IMPOSSIBLE("original-gone") "# Original instances are gone, or may be."},
    {"4.3 the rest of the originals is not the environment that there was",
     BLUE_GREEN "cause failure; target b1 original had-traffic gone;"
                "target b2 original had-traffic " BLOCKED "; target g traffic " GREEN,
     IMPOSSIBLE("original-gone") "loss terminated 1"},
    {"4.4 Succeeded is final", ECS "cause request; status Succeeded; stop asked; replacement",
     IMPOSSIBLE("succeeded")},
    {"4.4 in TERMINATION_WAIT it is not final yet",
     ECS "cause request; stop asked; status InProgress; replacement; weight 100;"
         "target s status=Succeeded",
     POSSIBLE "weight 100 -> 0"},
    {"4.5 a rollback is not rolled back", SERVER FLEET "cause failure; creator codeDeployRollback",
     IMPOSSIBLE("is-rollback") "wanted 1"},
    {"4.5 also when somebody asks for it",
     LAMBDA "cause request; stop asked; creator codeDeployRollback; weight 10",
     IMPOSSIBLE("is-rollback")},
    {"4.6 CloudFormation takes back what it made", ECS "cause failure; creator CloudFormation",
     IMPOSSIBLE("cloudformation")},
    {"4.6 and its rollbacks", ECS "cause failure; creator CloudFormationRollback",
     IMPOSSIBLE("cloudformation")},
    {"4.7 a launch deployment", SERVER "cause failure; creator autoscaling; target i-1 begun",
     IMPOSSIBLE("auto-scaling")},
    {"4.7 a termination deployment",
     SERVER "cause failure; creator autoscalingTermination; target i-1 begun",
     IMPOSSIBLE("auto-scaling")},
    {"4.8 the revision is gone: it is tried, and will fail",
     "platform server; cause failure;" AUTO "past d-0 missing;" FLEET,
     POSSIBLE "missing 1\nloss revision-missing 0"},
};

static const fact in_place[] = {
    {"5.1 all events of a deployment in place", SERVER FLEET "cause failure",
     "event 0 ApplicationStop last-successful\nevent 0 DownloadBundle none\n"
     "event 0 BeforeInstall current\nevent 0 Install none\nevent 0 AfterInstall current\n"
     "event 0 ApplicationStart current\nevent 0 ValidateService current\n"
     "!event 0 BlockTraffic\nruns-hooks 1"},
    {"5.1 with a load balancer", SERVER FLEET "cause failure; traffic-control",
     "scenario in-place-rollback-load-balancer\nevent 0 BeforeBlockTraffic last-successful\n"
     "event 0 BlockTraffic none\nevent 0 AfterBlockTraffic last-successful\n"
     "event 0 ApplicationStop last-successful\nevent 0 AfterAllowTraffic current"},
    {"5.2 instances that were touched or do not run the good revision, those that failed first",
     SERVER FLEET "cause failure; target i-4 healthy old; target i-0 begun events=ApplicationStop~",
     POSSIBLE "step 0 redeploy i-0 i-2 i-1 i-4 …\ntarget i-3 untouched step -1 scripts d-0 d-0"},
    {"5.2 an instance that is gone takes no part",
     SERVER FLEET "cause failure; target i-9 gone begun",
     "target i-9 gone step -1 scripts - -\nloss terminated 1 i-9"},
    {"5.2 of an instance whose last attempt failed nobody knows what it runs",
     SERVER FLEET "cause failure; target i-9 good current", "step 0 redeploy i-2 i-9 i-1 …"},
    {"5.2 a deployment that touched nothing leaves nothing to do",
     SERVER "cause failure; status Failed; target i-1 healthy current good",
     IMPOSSIBLE("not-started") "wanted 1"},
    {"5.2 without instances there is nothing to do", SERVER "cause failure; status Failed",
     IMPOSSIBLE("not-started")},
    {"5.3 the scripts of ApplicationStop are those of the last Install that ended, often the "
     "failed "
     "revision's",
     SERVER FLEET "cause failure",
     "target i-1 redeploy step 0 scripts d-1 d-1\ntarget i-2 redeploy step 0 scripts d-1 d-1\n"
     "target i-3 untouched step -1 scripts d-0 d-0"},
    {"5.3 where Install did not end it is the good revision's",
     SERVER "cause failure; target i-1 good events=ApplicationStop,DownloadBundle,BeforeInstall!;"
            "target i-2 good events=ApplicationStop,DownloadBundle~;"
            "target i-3 events=ApplicationStop,DownloadBundle,BeforeInstall,Install!",
     "target i-1 redeploy step 0 scripts d-0 d-1\ntarget i-2 redeploy step 0 scripts d-0 d-0\n"
     "target i-3 redeploy step 0 scripts - d-1"},
    {"5.4 the minimum of the whole fleet holds",
     SERVER "cause failure; config count:7; target i-1 begun; target i-2 begun; target i-3 begun;"
            "target i-4 begun; target i-5 healthy good; target i-6 healthy good;"
            "target i-7 healthy good; target i-8 healthy good; target i-9 healthy good;"
            "target i-10 healthy good",
     POSSIBLE "minimum 1\nstep 0 redeploy i-1 i-2 i-3 i-4 (3 at a time, …\n!loss minimum"},
    {"5.4 when the others do all of it, all go at once",
     SERVER "cause failure; config count:1; target i-1 begun; target i-2 begun;"
            "target i-3 healthy good",
     "minimum 0\nstep 0 redeploy i-1 i-2 (2 at a time, …"},
    {"5.4 a minimum that leaves none to deploy to fails it at once",
     SERVER "cause failure; config count:3; target i-1 begun; target i-2 begun;"
            "target i-3 healthy good",
     POSSIBLE
     "minimum 2\nstep 0 redeploy i-1 i-2 (1 at a time, …\nloss minimum-too-large 0\n"
     "# 2 of the 2 instances have to stay healthy, which leaves none to deploy to: this fails "
     "with HEALTH_CONSTRAINTS_INVALID."},
    {"5.4 by hand the minimum is the configuration's",
     SERVER "cause manual; status Failed; config count:3; target i-1; target i-2; target i-3",
     POSSIBLE "minimum -1\nstep 0 redeploy i-1 i-2 i-3 (1 at a time, …\nloss minimum-too-large 0"},
    {"5.4 by hand without an instance it fails",
     SERVER "cause manual; status Failed; target i-1 gone",
     POSSIBLE "step 0 redeploy (0 at a time, …\nloss no-instances 0\n!loss minimum"},
    {"5.4 unhealthy instances go first, and both kinds as many at a time as may be",
     SERVER "cause failure; config count:2; ms ApplicationStop=1 DownloadBundle=1 BeforeInstall=-1 "
            "Install=1 AfterInstall=-1 ApplicationStart=1 ValidateService=-1;"
            "target i-1 begun; target i-2 begun; target i-3 begun; target i-4 healthy",
     "step 0 redeploy i-1 i-2 i-3 i-4 (2 at a time, 12 ms estimate)"},
    {"5.4 zones are ignored", SERVER FLEET "cause failure; config zonal",
     "zones-ignored 1\nconfig zonal"},
    {"5.4 but not by a manual redeploy", SERVER FLEET "cause manual; status Failed; config zonal",
     "zones-ignored 0\nminimum -1"},
    {"5.5 failures of ApplicationStop are ignored as they were",
     SERVER FLEET "cause failure; ignore", "ignore 1"},
    {"5.5 and otherwise not", SERVER FLEET "cause failure", "ignore 0"},
    {"5.6 what the deployment installed is removed first", SERVER FLEET "cause failure",
     "restore files-removed 2"},
    {"5.10 files that scripts made stay", SERVER FLEET "cause failure", "loss script-files 2"},
    {"5.10 by name, in the way of the earlier revision's own",
     SERVER FLEET "cause failure; file /a by-script; file /b by-script earlier",
     "loss script-files 0 /a\n# /a, which a script of deployment d-1 made, stays.\n"
     "loss script-files 0 /b\n# /b, which a script of deployment d-1 made, is in the way of the "
     "earlier revision's: its Install fails (DISALLOW)."},
    {"5.10 which the earlier deployment kept, and keeps again",
     "platform server; id d-1; cause failure;" AUTO "past d-0 behavior=RETAIN;" FLEET
     "file /b by-script earlier",
     "loss script-files 2\n"
     "# Files that scripts made stay, also in place of the earlier revision's (RETAIN).\n"
     "# /b, which a script of deployment d-1 made, stays in place of the earlier revision's."},
    {"5.10 or which it overwrites",
     "platform server; id d-1; cause failure;" AUTO "past d-0 behavior=OVERWRITE;" FLEET
     "file /b by-script earlier",
     "loss script-files 2\n"
     "# Files that scripts made stay, unless the earlier revision overwrites them (OVERWRITE).\n"
     "# /b, which a script of deployment d-1 made, gives way to the earlier revision's."},
    {"5.11 what scripts did is not undone", SERVER FLEET "cause failure; hooks ApplicationStart",
     "loss scripts 2\n# What scripts did on 2 instances during deployment d-1 (ApplicationStart) "
     "is "
     "not "
     "undone."},
    {"5.11 where none ran there is nothing of that",
     SERVER FLEET "cause failure; hooks BeforeBlockTraffic", "!loss scripts\n!loss script-files"},
    {"5.14 what was overwritten is lost",
     SERVER FLEET "cause failure; compatible; behavior OVERWRITE", "loss overwritten 2"},
    {"5.14 where nothing was installed or overwritten there is nothing of that",
     SERVER "cause failure; compatible; behavior OVERWRITE; target i-1 events=ApplicationStop!",
     POSSIBLE "!loss overwritten\n!restore files-removed"},
    {"5.14 nor where nothing may be overwritten", SERVER FLEET "cause failure; compatible",
     POSSIBLE "!loss overwritten\n!loss retained"},
    {"5.14 what was retained stays", SERVER FLEET "cause failure; compatible; behavior RETAIN",
     "loss retained 2"},
    {"5.14 a transactional install leaves what was there where the deployment fails",
     SERVER FLEET "cause failure; behavior OVERWRITE", "loss overwritten 1 i-1"},
    {"5.17 content that was overwritten does not come back with the earlier revision",
     SERVER FLEET "cause failure; compatible; behavior OVERWRITE;"
                  "file /etc/motd overwritten earlier; file /etc/issue overwritten",
     "# What /etc/motd held before deployment d-1 is lost; the earlier revision puts its own "
     "there.\n"
     "# What /etc/issue held before deployment d-1 is lost."},
    {"5.17 without a rollback nothing meets them",
     "platform server; id d-1;" AUTO FLEET "cause failure; compatible; behavior OVERWRITE;"
     "file /etc/motd overwritten earlier; file /b by-script earlier; file /c removed",
     "possible 0\n# What /etc/motd held before deployment d-1 is lost.\n"
     "# /b, which a script of deployment d-1 made, stays.\n# Files that scripts made stay.\n"
     "!restore"},
    {"5.20 files come back from the earlier revision, or go",
     SERVER FLEET "cause failure; file /a created; file /b replaced; file /c removed",
     "restore file 0 /a\n# /a is removed.\n# /b is the earlier revision's again.\n"
     "# /c comes back from the earlier revision."},
};

static const fact blue_green[] = {
    {"6.1 originals are allowed, then replacements are blocked; nothing is installed",
     BLUE_GREEN "cause failure; target b original had-traffic " BLOCKED
                "; target g traffic status=Succeeded " GREEN,
     POSSIBLE "kind reroute\nstep 0 allow b …\nstep 1 block g …\n"
              "event 0 BeforeAllowTraffic last-successful\nevent 0 AllowTraffic none\n"
              "event 0 AfterAllowTraffic last-successful\nevent 1 BeforeBlockTraffic most-recent\n"
              "event 1 BlockTraffic none\nevent 1 AfterBlockTraffic most-recent\n!step 2\n"
              "restore traffic 1 b\n!restore revision\nruns-hooks 1"},
    {"6.1 an original that has kept its traffic is left alone",
     BLUE_GREEN "cause failure; target b original had-traffic traffic; target g traffic " GREEN,
     POSSIBLE "step 0 block g …\n!step 1\ntarget b original-kept step -1 scripts d-0 d-0"},
    {"6.1 one whose deregistration was interrupted is registered again",
     BLUE_GREEN "cause failure; target b original had-traffic traffic "
                "events=BeforeBlockTraffic,BlockTraffic~; target g traffic " GREEN,
     "step 0 allow b …"},
    {"6.1 one whose registration was interrupted is deregistered",
     BLUE_GREEN "cause failure; target b original had-traffic traffic;"
                "target g " ALL ",BeforeAllowTraffic,AllowTraffic!",
     "step 0 block g …"},
    {"6.1 an original that had no traffic gets none",
     BLUE_GREEN "cause failure; target b original; target g traffic " GREEN,
     "step 0 block g …\ntarget b original-kept …"},
    {"6.1 what is not known of one step makes the whole take at least as long as the others",
     BLUE_GREEN "cause failure; target b original had-traffic " BLOCKED "; target g traffic;"
                "ms BeforeAllowTraffic=1 AllowTraffic=2 AfterAllowTraffic=-1",
     "step 0 allow b (1 at a time, 3 ms estimate)\nstep 1 block g (1 at a time, -1 ms unknown)\n"
     "duration 3 at-least"},
    {"6.1 without replacements none is left behind",
     BLUE_GREEN "cause failure; target b original had-traffic " BLOCKED,
     POSSIBLE "step 0 allow b …\n!step 1\n!loss left-behind\n!loss served"},
    {"6.2 the scripts of the originals are the earlier revision's, of the replacements the new "
     "one's",
     BLUE_GREEN "cause failure; target b original had-traffic " BLOCKED "; target g traffic " GREEN,
     "target b allow step 0 scripts d-0 d-0\ntarget g block step 1 scripts d-1 d-1"},
    {"6.3 before any traffic has moved there is nothing to do",
     BLUE_GREEN "cause failure; target b original had-traffic traffic;"
                "target g status=Failed " INSTALLED "!",
     POSSIBLE "kind reroute\n!step\nduration 0 exact\nruns-hooks 0\n"
              "message No traffic has moved, so nothing has to be done.\n"
              "target g idle …\nloss left-behind 1 g"},
    {"6.4 when the originals are gone it says so",
     BLUE_GREEN "cause failure; original-gone; target g traffic " GREEN,
     IMPOSSIBLE("original-gone") "record 1 Deployment d-1 was terminated: it failed. It is not "
                                 "rolled back. Originals are gone, or were told to go and "
                                 "may be, so traffic cannot go back to them: deploy an earlier "
                                 "revision by hand."},
    {"6.4 by hand, the revision goes to a new fleet",
     BLUE_GREEN "cause manual; status Failed; original-gone; target g traffic " GREEN,
     POSSIBLE "kind redeploy\nstep 0 redeploy (0 at a time, …\nstep 1 block g …\n"
              "event 0 AfterAllowTraffic current\nevent 1 BeforeBlockTraffic last-successful"},
};

static const fact ecs[] = {
    {"7.1 production and test traffic go back at once, and the replacement goes",
     ECS "cause alarm; test-listener; test-traffic; replacement; weight 30; target s",
     POSSIBLE "kind reroute\nstep 0 set-traffic weight 30 -> 0 s (1 at a time, 3000 ms estimate)\n"
              "step 1 set-test-traffic weight 100 -> 0 s (1 at a time, 0 ms estimate)\n"
              "step 2 remove-replacement s (1 at a time, 0 ms estimate)\nweight 30 -> 0\n"
              "test-traffic 1 -> 0\nscenario test-listener\nrestore traffic 0\n"
              "restore test-traffic 0\nloss served 0"},
    {"7.1 before production traffic moved only test traffic goes back",
     ECS "cause failure; test-listener; test-traffic; replacement; target s",
     "step 0 set-test-traffic …\nstep 1 remove-replacement …\n!restore traffic 0\nweight 0 -> 0\n"
     "!loss served"},
    {"7.2 it takes about three seconds", ECS "cause alarm; replacement; weight 30",
     "duration 3000 estimate"},
    {"7.2 unless the host knows better", ECS "cause alarm; replacement; weight 30; reroute 700",
     "duration 700 estimate"},
    {"7.3 no hook runs, and the events that it lists are those of the service",
     ECS "cause alarm; replacement; weight 30", "runs-hooks 0\n!event\nscenario blue-green"},
    {"7.4 also during TERMINATION_WAIT",
     ECS "cause failure; replacement; weight 100; target s status=Succeeded",
     POSSIBLE "step 0 set-traffic weight 100 -> 0 …"},
    {"7.5 without a rollback weights stay, and both task sets",
     ECS "cause request; stop declined; replacement; weight 30",
     IMPOSSIBLE(
         "declined") "weight 30 -> 30\nloss left-behind 0\n"
                     "# Both task sets stay, the replacement with 30 percent of the traffic."},
    {"7.6 a redeployment is a whole new deployment",
     ECS "cause manual; status Failed; test-listener; weight 0; target s;"
         "config CodeDeployDefault.ECSCanary10Percent5Minutes",
     POSSIBLE "kind redeploy\nstep 0 redeploy weight 0 -> 100 s …\nevent 0 BeforeInstall current\n"
              "event 0 AllowTestTraffic none\nconfig CodeDeployDefault.ECSCanary10Percent5Minutes\n"
              "weight 0 -> 100\nduration 303000 at-least"},
};

static const fact lambda[] = {
    {"8.1 the alias goes back to the version it had; the new one stays published",
     LAMBDA "cause alarm; weight 10; target f",
     POSSIBLE "kind reroute\nstep 0 set-traffic weight 10 -> 0 f (1 at a time, 3000 ms estimate)\n"
              "!step 1\nrestore traffic 0\nloss left-behind 0\n"
              "# The new version of the function stays published."},
    {"8.2 at once, not step by step",
     LAMBDA "cause alarm; weight 60; config CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
     "step 0 set-traffic weight 60 -> 0 …\n!step 1\nduration 3000 estimate"},
    {"8.3 without a rollback the alias goes on splitting, and deployments fail",
     LAMBDA "cause request; stop declined; weight 10",
     "refusal declined\n# The alias goes on splitting its traffic, 10 percent to the new version; "
     "deployments fail until it is set to one version."},
    {"8.3 a redeployment by hand, too", LAMBDA "cause manual; status Stopped; weight 10",
     IMPOSSIBLE("split-alias")},
    {"8.3 not when it leads to one version", LAMBDA "cause manual; status Stopped; weight 100",
     POSSIBLE "kind redeploy"},
    {"8.4 a failure in AfterAllowTraffic flips back, too",
     LAMBDA "cause failure; weight 100;"
            "target f events=BeforeAllowTraffic,AllowTraffic,AfterAllowTraffic!",
     POSSIBLE
     "step 0 set-traffic weight 100 -> 0 …\n"
     "# What hook functions did during deployment d-1 (BeforeAllowTraffic, AfterAllowTraffic) is "
     "not undone."},
    {"9.1 Lambda goes back without an earlier deployment",
     "platform lambda;" AUTO "cause alarm; weight 10",
     POSSIBLE "source -\nrevision -\nweight 10 -> 0"},
    {"9.1 and ECS", "platform ecs;" AUTO "cause alarm; weight 10; replacement",
     POSSIBLE "source -"},
    {"9.1 but not blue/green on Server",
     "platform server; type blue-green;" AUTO "cause failure; target g traffic " GREEN,
     IMPOSSIBLE("no-earlier-revision")},
    {"9.1 an alarm that was active at the start is rolled back, though nothing has moved",
     LAMBDA "cause alarm; target f",
     POSSIBLE "!step\nduration 0 exact\ntarget f reroute step -1 …"},
    {"9.2 follow-on deployments are rolled back like a user's, to the revision that they follow",
     SERVER "cause failure; creator CodeDeployAutoUpdate; revision good.zip; target i-1 begun",
     POSSIBLE "source d-0\nsame-revision 1"},
};

static bool has_line(const char *dump, const char *line, size_t length)
{
    static const char more[] = "…";
    bool prefix = length >= sizeof more - 1 &&
                  memcmp(line + length - (sizeof more - 1), more, sizeof more - 1) == 0;

    length -= prefix ? sizeof more - 1 : 0;
    for (const char *at = dump; at; at = strchr(at, '\n'), at += at != NULL) {
        if (strncmp(at, line, length) == 0 && (prefix || at[length] == '\n'))
            return true;
    }
    return false;
}

static void assert_dump(const char *dump, const char *expected)
{
    while (*expected) {
        size_t length = strcspn(expected, "\n");
        bool absent = *expected == '!';
        bool found;

        if (absent) {
            char line[256];

            snprintf(line, sizeof line, "%.*s…", (int)length - 1, expected + 1);
            found = has_line(dump, line, strlen(line));
        } else {
            found = has_line(dump, expected, length);
        }
        if (found == absent)
            fail_msg("'%.*s' is not so in\n%s", (int)length, expected, dump);
        expected += length + (expected[length] != '\0');
    }
}

static void shown(void **state)
{
    const fact *it = *state;
    cdp_rollback_plan *plan = NULL;
    cdp_text *text = NULL;
    situation s;

    situation_read(&s, it->words);
    assert_int_equal(cdp_rollback_plan_new(&s.it, NULL, NULL, &plan), CDP_OK);
    /* The plan needs nothing of the situation any more, but for the configuration. */
    memset(s.words, 'x', sizeof s.words);
    memset(s.targets, 0xff, sizeof s.targets);
    memset(s.past, 0xff, sizeof s.past);
    memset(s.revisions, 0xff, sizeof s.revisions);
    memset(s.files, 0xff, sizeof s.files);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    situation_dump(plan, text);
    assert_dump(cdp_text_string(text).data, it->expected);
    cdp_text_free(text);
    cdp_rollback_plan_free(plan);
    situation_free(&s);
}

int main(void)
{
    return CASES("general", shown, general) | CASES("triggers", shown, triggers) |
           CASES("records", shown, records) | CASES("impossible", shown, impossible) |
           CASES("in place", shown, in_place) | CASES("blue/green", shown, blue_green) |
           CASES("ECS", shown, ecs) | CASES("Lambda", shown, lambda);
}
