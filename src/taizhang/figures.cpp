// taizhang figures publish: what everybody may see of kinds about persons, of months gone by.
#include "taizhang/asking.h"
#include "taizhang/commands.h"

namespace tz::program {

int run_figures_publish(const FiguresOptions& options, const Speech& speech) {
  Json operation;
  operation.set("do", "figures_publish");
  return ask_and_print(options.folder, operation, speech, [&](const Json& answer) {
    speech.say("cli.figures.published", {{"months", answer.find("months")->dump()}});
  });
}

}  // namespace tz::program
