# The table of rooms: which room may use which, in an order in which each uses only earlier ones.
# DESIGN.md section 3 in short form. Read by CMakeLists.txt, which links what stands here and
# nothing else, and by tests/tidy, which checks every include against it.
#   room | rooms it uses | libraries from outside that it may link and include
set(TZ_ROOMS
  "base      |                                                                        | crypto boost_json"
  "calendar  | base                                                                   |"
  "ledger    | base calendar                                                          |"
  "programme | base calendar ledger                                                   | yaml"
  "journal   | base                                                                   | sqlite sodium"
  "merkle    | base                                                                   | sodium"
  "rollup    | base ledger                                                            |"
  "access    | base                                                                   | crypto sodium"
  "evidence  | base                                                                   | magic zip"
  "search    | base                                                                   | icu"
  "exchange  | base ledger                                                            | expat xlsxwriter zip"
  "notify    | base                                                                   | curl"
  "engine    | base ledger journal merkle rollup access notify                        | boost_containers"
  "http      | base ledger rollup merkle engine access evidence programme search exchange notify | beast curl ssl"
  "taizhang  | base calendar ledger programme journal merkle rollup access evidence exchange notify engine http | cli jemalloc log beast ssl"
)
