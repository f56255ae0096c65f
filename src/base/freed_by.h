// What a C library hands out, freed by that library's own function.
#pragma once

namespace tz {

// A deleter: std::unique_ptr<BIGNUM, FreedBy<BN_free>>.
template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

}  // namespace tz
