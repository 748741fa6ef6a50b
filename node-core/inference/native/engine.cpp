// Computes a batch and samples from it in one call, on threads that live as long as the context.
//
// The library's addon starts and ends its threads with every batch and samples in calls of their own. This adds what it lacks beside it: it takes
// the llama.cpp context out of the addon's object and talks to the copy of llama.cpp that is already in the process, found by name at run time, so
// that nothing is linked and no header of it is needed. Where things lie and what they look like is that of node-llama-cpp 3.22.1: `attach` compares
// what it can before it trusts it, and the build is run once in a process of its own before it is used.
#include <node_api.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <dlfcn.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#else
#include <link.h>
#endif
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif

namespace {

// The C interface of llama.cpp (include/llama.h, ggml/include/ggml.h), as far as it is used.
struct Batch {
  int32_t n_tokens;
  int32_t *token;
  float *embd;
  int32_t *pos;
  int32_t *n_seq_id;
  int32_t **seq_id;
  int8_t *logits;
};
struct Candidate {
  int32_t id;
  float logit;
  float p;
};
struct Candidates {
  Candidate *data;
  size_t size;
  int64_t selected;
  bool sorted;
};
struct LogitBias {
  int32_t token;
  float bias;
};
struct ChainParams {
  bool no_perf;
};
struct ThreadpoolParams {
  bool cpumask[512];
  int n_threads;
  int prio;
  uint32_t poll;
  bool strict_cpu;
  bool paused;
};
// The beginning of the addon's context object and of `llama_context_params` in it.
struct AddonContextHead {
  void *base[4];
  void *model;
  uint32_t n_ctx, n_batch, n_ubatch, n_seq_max;
  uint8_t other_params[144];
  void *context;
};
static_assert(offsetof(AddonContextHead, context) == 200, "only 64-bit machines");

#define LLAMA_FUNCTIONS(X)                                                         \
  X(int32_t, llama_decode, (void *, Batch))                                        \
  X(void, llama_synchronize, (void *))                                             \
  X(float *, llama_get_logits_ith, (void *, int32_t))                              \
  X(const void *, llama_get_model, (const void *))                                 \
  X(const void *, llama_model_get_vocab, (const void *))                           \
  X(int32_t, llama_vocab_n_tokens, (const void *))                                 \
  X(bool, llama_vocab_is_eog, (const void *, int32_t))                             \
  X(uint32_t, llama_n_seq_max, (const void *))                                     \
  X(bool, llama_model_is_recurrent, (const void *))                                \
  X(bool, llama_model_is_hybrid, (const void *))                                   \
  X(void *, llama_get_memory, (const void *))                                      \
  X(bool, llama_memory_seq_rm, (void *, int32_t, int32_t, int32_t))                \
  X(void, llama_set_n_threads, (void *, int32_t, int32_t))                         \
  X(void, llama_attach_threadpool, (void *, void *, void *))                       \
  X(void, llama_detach_threadpool, (void *))                                       \
  X(size_t, llama_state_seq_get_size, (void *, int32_t))                           \
  X(size_t, llama_state_seq_get_data, (void *, uint8_t *, size_t, int32_t))        \
  X(size_t, llama_state_seq_set_data, (void *, const uint8_t *, size_t, int32_t))  \
  X(void *, llama_sampler_chain_init, (ChainParams))                               \
  X(void, llama_sampler_chain_add, (void *, void *))                               \
  X(void, llama_sampler_apply, (void *, Candidates *))                             \
  X(void, llama_sampler_accept, (void *, int32_t))                                 \
  X(void, llama_sampler_reset, (void *))                                           \
  X(void, llama_sampler_free, (void *))                                            \
  X(void *, llama_sampler_init_greedy, ())                                         \
  X(void *, llama_sampler_init_dist, (uint32_t))                                   \
  X(void *, llama_sampler_init_top_k, (int32_t))                                   \
  X(void *, llama_sampler_init_top_p, (float, size_t))                             \
  X(void *, llama_sampler_init_min_p, (float, size_t))                             \
  X(void *, llama_sampler_init_temp, (float))                                      \
  X(void *, llama_sampler_init_grammar, (const void *, const char *, const char *)) \
  X(void *, llama_sampler_init_penalties, (int32_t, int32_t, float, float, float)) \
  X(void *, llama_sampler_init_logit_bias, (int32_t, int32_t, const LogitBias *))  \
  X(void, ggml_threadpool_params_init, (ThreadpoolParams *, int))                  \
  X(void *, ggml_threadpool_new, (ThreadpoolParams *))                             \
  X(void, ggml_threadpool_free, (void *))

struct Api {
#define DECLARE(result, name, arguments) result(*name) arguments = nullptr;
  LLAMA_FUNCTIONS(DECLARE)
#undef DECLARE

  void look_into(const char *path) {
    const char *file = std::strrchr(path, '/');
    if (!file || (!std::strstr(file, "llama") && !std::strstr(file, "ggml"))) return;
    void *library = dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
    if (!library) return;
#define FIND(result, name, arguments) \
  if (!name) name = reinterpret_cast<result(*) arguments>(dlsym(library, #name));
    LLAMA_FUNCTIONS(FIND)
#undef FIND
    dlclose(library);
  }

  const char *missing() const {
#define CHECK(result, name, arguments) \
  if (!name) return #name;
    LLAMA_FUNCTIONS(CHECK)
#undef CHECK
    return nullptr;
  }
};

Api api;

void find_llama() {
  if (!api.missing()) return;
#ifdef __APPLE__
  for (uint32_t index = 0; index < _dyld_image_count(); index += 1) api.look_into(_dyld_get_image_name(index));
#else
  dl_iterate_phdr(
      [](dl_phdr_info *info, size_t, void *) {
        api.look_into(info->dlpi_name);
        return 0;
      },
      nullptr);
#endif
  if (const char *name = api.missing()) throw std::runtime_error(std::string("llama.cpp has no ") + name);
}

struct SamplerFree {
  void operator()(void *sampler) const { api.llama_sampler_free(sampler); }
};
using SamplerPointer = std::unique_ptr<void, SamplerFree>;

/** Threads by how many compute: more than a batch has work for would spin. They live as long as any context that used them, which looks back at the last. */
struct Pools {
  std::map<int, void *> by_width;

  void *of(int width) {
    void *&pool = by_width[width];
    if (!pool) {
      ThreadpoolParams params;
      api.ggml_threadpool_params_init(&params, width);
      pool = api.ggml_threadpool_new(&params);
    }
    return pool;
  }

  ~Pools() {
    for (const auto &[width, pool] : by_width)
      if (pool) api.ggml_threadpool_free(pool);
  }
};

struct Engine {
  void *context = nullptr;
  const void *vocab = nullptr;
  int32_t vocabulary = 0;
  /** Shared by contexts that compute by turns: threads that wait spin for a while, in the way of another's. */
  std::shared_ptr<Pools> pools;
  int threads = 0;

  void use_threads(int wanted) {
    if (wanted == threads) return;
    threads = wanted;
    if (void *pool = wanted > 1 ? pools->of(wanted) : nullptr)
      api.llama_attach_threadpool(context, pool, pool);
    else
      api.llama_detach_threadpool(context);
    api.llama_set_n_threads(context, wanted, wanted);
  }

  void detach() {
    if (!context) return;
    api.llama_detach_threadpool(context);
    context = nullptr;
    pools.reset();
  }
};

struct Sampler {
  const Engine *engine = nullptr;
  bool plain = false;
  SamplerPointer chain;
  /** Also in the chain, which owns it. */
  void *penalties = nullptr;
  SamplerPointer grammar;
  std::vector<Candidate> candidates;

  Candidates fill(const float *logits) {
    const int32_t count = engine->vocabulary;
    candidates.resize(count);
    for (int32_t id = 0; id < count; id += 1) candidates[id] = {id, logits[id], 0.0f};
    return {candidates.data(), candidates.size(), -1, false};
  }

  static int32_t chosen(const Candidates &all) {
    if (all.selected < 0 || all.selected >= static_cast<int64_t>(all.size)) return -1;
    return all.data[all.selected].id;
  }

  int32_t choose_freely(const float *logits) {
    if (plain) return static_cast<int32_t>(std::max_element(logits, logits + engine->vocabulary) - logits);
    Candidates all = fill(logits);
    api.llama_sampler_apply(chain.get(), &all);
    return chosen(all);
  }

  /** Most tokens fit the grammar as they are: it looks at all only where the chosen one does not. */
  int32_t sample(const float *logits) {
    int32_t token = choose_freely(logits);
    if (grammar && token >= 0) {
      Candidate one = {token, 1.0f, 0.0f};
      Candidates single = {&one, 1, -1, false};
      api.llama_sampler_apply(grammar.get(), &single);
      if (one.logit == -INFINITY) {
        Candidates all = fill(logits);
        api.llama_sampler_apply(grammar.get(), &all);
        if (plain) {
          const auto best = std::max_element(all.data, all.data + all.size,
                                             [](const Candidate &a, const Candidate &b) { return a.logit < b.logit; });
          token = best->logit == -INFINITY ? -2 : best->id;
        } else {
          api.llama_sampler_apply(chain.get(), &all);
          token = chosen(all);
          if (token >= 0 && all.data[all.selected].logit == -INFINITY) token = -2;
        }
      }
    }
    if (token < 0) return token;
    if (penalties) api.llama_sampler_accept(penalties, token);
    if (grammar && !api.llama_vocab_is_eog(engine->vocab, token)) api.llama_sampler_accept(grammar.get(), token);
    return token;
  }
};

// One batch: tokens, positions, sequences and whether logits are wanted; then per part that samples where its logits begin and how many guesses follow.
struct Step {
  Engine *engine;
  int threads;
  int32_t batches = 1;
  size_t done = 0;
  std::vector<int32_t> token, position, sequence, count;
  std::vector<int32_t *> sequence_pointer;
  std::vector<int8_t> output;
  struct Job {
    int32_t first, guessed, logprobs;
    Sampler *sampler;
  };
  std::vector<Job> jobs;
  /** Where `sequence`, from `position` on, is forgotten after the batch. */
  std::vector<std::pair<int32_t, int32_t>> forget;

  struct Output {
    std::vector<int32_t> tokens, top_tokens;
    std::vector<float> logprobs, top_logprobs;
  };
  /** Of each job. */
  std::vector<Output> outputs;
  std::string error;

  napi_async_work work = nullptr;
  napi_deferred deferred = nullptr;
  std::vector<napi_ref> references;

  void probabilities(Output &result, const float *logits, int32_t token, int32_t wanted) {
    const int32_t size = engine->vocabulary;
    const float highest = *std::max_element(logits, logits + size);
    double sum = 0;
    for (int32_t id = 0; id < size; id += 1) sum += std::exp(static_cast<double>(logits[id] - highest));
    const double offset = highest + std::log(sum);
    result.logprobs.push_back(static_cast<float>(logits[token] - offset));
    std::vector<int32_t> ids(size);
    for (int32_t id = 0; id < size; id += 1) ids[id] = id;
    const int32_t some = std::min(wanted, size);
    std::partial_sort(ids.begin(), ids.begin() + some, ids.end(),
                      [&](int32_t a, int32_t b) { return logits[a] != logits[b] ? logits[a] > logits[b] : a < b; });
    for (int32_t index = 0; index < wanted; index += 1) {
      result.top_tokens.push_back(index < some ? ids[index] : -1);
      result.top_logprobs.push_back(index < some ? static_cast<float>(logits[ids[index]] - offset) : 0.0f);
    }
  }

  void sample(const Job &job, Output &result) {
    int32_t written = 0;
    for (int32_t index = 0; index <= job.guessed; index += 1) {
      const float *logits = api.llama_get_logits_ith(engine->context, job.first + index);
      if (!logits) throw std::runtime_error("this model writes no text");
      const int32_t next = job.sampler->sample(logits);
      if (next < -1 && !result.tokens.empty()) break;
      result.tokens.push_back(next);
      written += 1;
      if (job.logprobs >= 0) {
        if (next >= 0)
          probabilities(result, logits, next, job.logprobs);
        else {
          result.logprobs.push_back(0);
          result.top_tokens.resize(result.top_tokens.size() + job.logprobs, -1);
          result.top_logprobs.resize(result.top_logprobs.size() + job.logprobs, 0);
        }
      }
      if (next < 0 || index == job.guessed || api.llama_vocab_is_eog(engine->vocab, next)) break;
      if (next != token[job.first + index + 1]) break;
    }
    // The last token sampled is not in the memory yet; a guess that did not hold is.
    if (written <= job.guessed) forget.push_back({sequence[job.first], position[job.first] + written});
  }

  /** Puts what was sampled in the place of what it was sampled from; false where an answer has ended. */
  bool feed() {
    for (size_t index = 0; index < jobs.size(); index += 1) {
      const auto &sampled = outputs[index].tokens;
      const int32_t next = sampled.back();
      // As many as batches: one that found no way to go on has less.
      if (next < 0 || sampled.size() < done || api.llama_vocab_is_eog(engine->vocab, next)) return false;
      token[jobs[index].first] = next;
      position[jobs[index].first] += 1;
    }
    return true;
  }

  void run() {
    try {
      engine->use_threads(threads);
      const size_t size = token.size();
      count.assign(size, 1);
      sequence_pointer.resize(size);
      for (size_t index = 0; index < size; index += 1) sequence_pointer[index] = &sequence[index];
      outputs.resize(jobs.size());
      void *memory = api.llama_get_memory(engine->context);
      do {
        Batch batch = {static_cast<int32_t>(size), token.data(), nullptr, position.data(), count.data(), sequence_pointer.data(), output.data()};
        const int32_t result = api.llama_decode(engine->context, batch);
        if (result != 0) throw std::runtime_error("llama_decode ended with " + std::to_string(result));
        api.llama_synchronize(engine->context);
        for (size_t index = 0; index < jobs.size(); index += 1) sample(jobs[index], outputs[index]);
        for (const auto &[which, from] : forget) api.llama_memory_seq_rm(memory, which, from, -1);
        done += 1;
      } while (done < static_cast<size_t>(batches) && feed());
    } catch (const std::exception &failure) {
      error = failure.what();
    } catch (...) {
      error = "unknown error";
    }
  }
};

// Node-API

void check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  const napi_extended_error_info *info = nullptr;
  napi_get_last_error_info(env, &info);
  throw std::runtime_error(info && info->error_message ? info->error_message : "Node-API failed");
}

template <typename Work>
napi_value guarded(napi_env env, Work work) {
  try {
    return work();
  } catch (const std::exception &failure) {
    bool pending = false;
    napi_is_exception_pending(env, &pending);
    if (!pending) napi_throw_error(env, nullptr, failure.what());
    return nullptr;
  }
}

std::vector<napi_value> arguments_of(napi_env env, napi_callback_info info, size_t count) {
  std::vector<napi_value> values(count);
  size_t given = count;
  check(env, napi_get_cb_info(env, info, &given, values.data(), nullptr, nullptr));
  if (given < count) throw std::runtime_error("too few arguments");
  return values;
}

template <typename T>
T *external(napi_env env, napi_value value) {
  void *pointer = nullptr;
  check(env, napi_get_value_external(env, value, &pointer));
  return static_cast<T *>(pointer);
}

int32_t integer(napi_env env, napi_value value) {
  int32_t number = 0;
  check(env, napi_get_value_int32(env, value, &number));
  return number;
}

template <typename T>
std::pair<T *, size_t> array(napi_env env, napi_value value, napi_typedarray_type wanted) {
  napi_typedarray_type type;
  size_t length = 0;
  void *data = nullptr;
  check(env, napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr));
  if (type != wanted) throw std::runtime_error("an array of another type was expected");
  return {static_cast<T *>(data), length};
}

template <typename T>
napi_value new_array(napi_env env, napi_typedarray_type type, const std::vector<T> &values) {
  void *data = nullptr;
  napi_value buffer, result;
  check(env, napi_create_arraybuffer(env, values.size() * sizeof(T), &data, &buffer));
  if (!values.empty()) std::memcpy(data, values.data(), values.size() * sizeof(T));
  check(env, napi_create_typedarray(env, type, values.size(), buffer, 0, &result));
  return result;
}

napi_value undefined(napi_env env) {
  napi_value value;
  check(env, napi_get_undefined(env, &value));
  return value;
}

Engine *open_engine(napi_env env, napi_value value) {
  Engine *engine = external<Engine>(env, value);
  if (!engine->context) throw std::runtime_error("the context is gone");
  return engine;
}

/** attach(addonContext, batchSize, sequences, other): engine, on the threads of the other one where it is not null */
napi_value attach(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 4);
    find_llama();
    napi_valuetype other;
    check(env, napi_typeof(env, values[3], &other));
    void *wrapped = nullptr;
    check(env, napi_unwrap(env, values[0], &wrapped));
    const auto *head = static_cast<const AddonContextHead *>(wrapped);
    const auto batch = static_cast<uint32_t>(integer(env, values[1]));
    const auto sequences = static_cast<uint32_t>(integer(env, values[2]));
    if (head->n_batch != batch || head->n_ubatch != batch || head->n_seq_max != sequences || !head->context)
      throw std::runtime_error("the addon's context is not laid out as expected");
    if (api.llama_n_seq_max(head->context) != sequences) throw std::runtime_error("the context is another one");
    auto engine = std::make_unique<Engine>();
    engine->context = head->context;
    engine->vocab = api.llama_model_get_vocab(api.llama_get_model(head->context));
    engine->vocabulary = api.llama_vocab_n_tokens(engine->vocab);
    engine->pools = other == napi_external ? open_engine(env, values[3])->pools : std::make_shared<Pools>();
    napi_value result;
    check(env, napi_create_external(env, engine.get(), [](napi_env, void *data, void *) { delete static_cast<Engine *>(data); }, nullptr, &result));
    engine.release();
    return result;
  });
}

/** Before the context is disposed of. */
napi_value detach(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    external<Engine>(env, arguments_of(env, info, 1)[0])->detach();
    return undefined(env);
  });
}

/** Whether the model's memory can't forget a part. */
napi_value recurrent(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const void *model = api.llama_get_model(open_engine(env, arguments_of(env, info, 1)[0])->context);
    napi_value result;
    check(env, napi_get_boolean(env, api.llama_model_is_recurrent(model) || api.llama_model_is_hybrid(model), &result));
    return result;
  });
}

/** createSampler(engine, [temperature, topP, minP, presencePenalty, frequencyPenalty], [topK, penaltyTokens], seed, biasTokens, biases) */
napi_value create_sampler(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 6);
    const Engine *engine = open_engine(env, values[0]);
    const auto [numbers, numbers_length] = array<float>(env, values[1], napi_float32_array);
    const auto [integers, integers_length] = array<int32_t>(env, values[2], napi_int32_array);
    if (numbers_length != 5 || integers_length != 2) throw std::runtime_error("incomplete sampling settings");
    uint32_t seed = 0;
    check(env, napi_get_value_uint32(env, values[3], &seed));
    const auto [bias_tokens, bias_length] = array<int32_t>(env, values[4], napi_int32_array);
    const auto [biases, biases_length] = array<float>(env, values[5], napi_float32_array);
    const float temperature = numbers[0], top_p = numbers[1], min_p = numbers[2], presence = numbers[3], frequency = numbers[4];

    auto sampler = std::make_unique<Sampler>();
    sampler->engine = engine;
    sampler->chain.reset(api.llama_sampler_chain_init({true}));
    void *chain = sampler->chain.get();
    sampler->plain = true;
    if (bias_length > 0 && bias_length == biases_length) {
      std::vector<LogitBias> all;
      for (size_t index = 0; index < bias_length; index += 1) all.push_back({bias_tokens[index], biases[index]});
      api.llama_sampler_chain_add(chain, api.llama_sampler_init_logit_bias(engine->vocabulary, static_cast<int32_t>(all.size()), all.data()));
      sampler->plain = false;
    }
    if (presence != 0 || frequency != 0) {
      sampler->penalties = api.llama_sampler_init_penalties(engine->vocabulary, integers[1], 1.0f, frequency, presence);
      api.llama_sampler_chain_add(chain, sampler->penalties);
      sampler->plain = false;
    }
    if (temperature <= 0) {
      api.llama_sampler_chain_add(chain, api.llama_sampler_init_greedy());
    } else {
      sampler->plain = false;
      if (integers[0] > 0) api.llama_sampler_chain_add(chain, api.llama_sampler_init_top_k(integers[0]));
      if (top_p < 1) api.llama_sampler_chain_add(chain, api.llama_sampler_init_top_p(top_p, 1));
      if (min_p > 0) api.llama_sampler_chain_add(chain, api.llama_sampler_init_min_p(min_p, 1));
      api.llama_sampler_chain_add(chain, api.llama_sampler_init_temp(temperature));
      api.llama_sampler_chain_add(chain, api.llama_sampler_init_dist(seed));
    }
    napi_value result;
    check(env, napi_create_external(env, sampler.get(), [](napi_env, void *data, void *) { delete static_cast<Sampler *>(data); }, nullptr, &result));
    sampler.release();
    return result;
  });
}

/** setGrammar(sampler, gbnf or '') */
napi_value set_grammar(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 2);
    auto *sampler = external<Sampler>(env, values[0]);
    size_t length = 0;
    check(env, napi_get_value_string_utf8(env, values[1], nullptr, 0, &length));
    std::string text(length, '\0');
    check(env, napi_get_value_string_utf8(env, values[1], text.data(), length + 1, nullptr));
    sampler->grammar.reset();
    if (!text.empty()) {
      sampler->grammar.reset(api.llama_sampler_init_grammar(sampler->engine->vocab, text.c_str(), "root"));
      if (!sampler->grammar) throw std::runtime_error("failed to parse the grammar");
    }
    return undefined(env);
  });
}

/** setWritten(sampler, tokens): the penalties count these and nothing else. */
napi_value set_written(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 2);
    auto *sampler = external<Sampler>(env, values[0]);
    const auto [tokens, length] = array<int32_t>(env, values[1], napi_int32_array);
    if (sampler->penalties) api.llama_sampler_reset(sampler->penalties);
    for (size_t index = 0; sampler->penalties && index < length; index += 1) api.llama_sampler_accept(sampler->penalties, tokens[index]);
    return undefined(env);
  });
}

/** Frees at once what the garbage collector would free some time. */
napi_value dispose_sampler(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    auto *sampler = external<Sampler>(env, arguments_of(env, info, 1)[0]);
    sampler->grammar.reset();
    sampler->chain.reset();
    sampler->penalties = nullptr;
    std::vector<Candidate>().swap(sampler->candidates);
    return undefined(env);
  });
}

napi_value result_of(napi_env env, const Step &step) {
  Step::Output all;
  std::vector<int32_t> counts;
  const auto append = [](auto &to, const auto &from) { to.insert(to.end(), from.begin(), from.end()); };
  for (const Step::Output &output : step.outputs) {
    counts.push_back(static_cast<int32_t>(output.tokens.size()));
    append(all.tokens, output.tokens);
    append(all.logprobs, output.logprobs);
    append(all.top_tokens, output.top_tokens);
    append(all.top_logprobs, output.top_logprobs);
  }
  napi_value result;
  check(env, napi_create_object(env, &result));
  const auto set = [&](const char *name, napi_value value) { check(env, napi_set_named_property(env, result, name, value)); };
  set("counts", new_array(env, napi_int32_array, counts));
  set("tokens", new_array(env, napi_int32_array, all.tokens));
  if (!all.logprobs.empty()) {
    set("logprobs", new_array(env, napi_float32_array, all.logprobs));
    set("topTokens", new_array(env, napi_int32_array, all.top_tokens));
    set("topLogprobs", new_array(env, napi_float32_array, all.top_logprobs));
  }
  return result;
}

/**
 * step(engine, threads, waits, batches, batch, jobs, samplers, forget): the result, or a promise of it where `waits` is false.
 * batch: token, position, sequence, output per token. jobs: first, guessed, logprobs (-1: none) per sampler. forget: sequence, position.
 */
napi_value step(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 8);
    auto task = std::make_unique<Step>();
    task->engine = open_engine(env, values[0]);
    task->threads = integer(env, values[1]);
    bool waits = false;
    check(env, napi_get_value_bool(env, values[2], &waits));
    task->batches = integer(env, values[3]);
    const auto [batch, batch_length] = array<int32_t>(env, values[4], napi_int32_array);
    for (size_t index = 0; index + 3 < batch_length; index += 4) {
      task->token.push_back(batch[index]);
      task->position.push_back(batch[index + 1]);
      task->sequence.push_back(batch[index + 2]);
      task->output.push_back(static_cast<int8_t>(batch[index + 3]));
    }
    const auto [jobs, jobs_length] = array<int32_t>(env, values[5], napi_int32_array);
    for (uint32_t index = 0; 3 * index + 2 < jobs_length; index += 1) {
      napi_value sampler;
      check(env, napi_get_element(env, values[6], index, &sampler));
      const int32_t first = jobs[3 * index], guessed = jobs[3 * index + 1];
      if (first < 0 || guessed < 0 || static_cast<size_t>(first) + guessed >= task->token.size()) throw std::runtime_error("a job beyond the batch");
      auto *chosen = external<Sampler>(env, sampler);
      if (!chosen->chain) throw std::runtime_error("the sampler is gone");
      task->jobs.push_back({first, guessed, jobs[3 * index + 2], chosen});
    }
    const auto [forget, forget_length] = array<int32_t>(env, values[7], napi_int32_array);
    for (size_t index = 0; index + 1 < forget_length; index += 2) task->forget.push_back({forget[index], forget[index + 1]});

    // A batch can only be followed by one of its own shape: a token for each job, beside what fills it.
    for (const auto &job : task->jobs) if (job.guessed > 0) task->batches = 1;
    if (task->jobs.size() + task->forget.size() != task->token.size()) task->batches = 1;

    if (waits) {
      task->run();
      if (!task->error.empty()) throw std::runtime_error(task->error);
      return result_of(env, *task);
    }
    napi_value promise, name;
    check(env, napi_create_promise(env, &task->deferred, &promise));
    check(env, napi_create_string_utf8(env, "jan step", NAPI_AUTO_LENGTH, &name));
    for (const napi_value held : {values[0], values[6]}) {
      napi_ref reference;
      check(env, napi_create_reference(env, held, 1, &reference));
      task->references.push_back(reference);
    }
    check(env, napi_create_async_work(
                   env, nullptr, name, [](napi_env, void *data) { static_cast<Step *>(data)->run(); },
                   [](napi_env env, napi_status, void *data) {
                     std::unique_ptr<Step> task(static_cast<Step *>(data));
                     for (napi_ref reference : task->references) napi_delete_reference(env, reference);
                     napi_delete_async_work(env, task->work);
                     guarded(env, [&]() -> napi_value {
                       if (task->error.empty()) {
                         check(env, napi_resolve_deferred(env, task->deferred, result_of(env, *task)));
                       } else {
                         napi_value message, failure;
                         check(env, napi_create_string_utf8(env, task->error.c_str(), NAPI_AUTO_LENGTH, &message));
                         check(env, napi_create_error(env, nullptr, message, &failure));
                         check(env, napi_reject_deferred(env, task->deferred, failure));
                       }
                       return nullptr;
                     });
                   },
                   task.get(), &task->work));
    check(env, napi_queue_async_work(env, task->work));
    task.release();
    return promise;
  });
}

/** readState(engine, sequence): what the context remembers of it. */
napi_value read_state(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 2);
    Engine *engine = open_engine(env, values[0]);
    const int32_t sequence = integer(env, values[1]);
    const size_t size = api.llama_state_seq_get_size(engine->context, sequence);
    void *data = nullptr;
    napi_value buffer;
    check(env, napi_create_buffer(env, size, &data, &buffer));
    if (api.llama_state_seq_get_data(engine->context, static_cast<uint8_t *>(data), size, sequence) != size)
      throw std::runtime_error("the state could not be read");
    return buffer;
  });
}

/** writeState(engine, sequence, state): whether it was taken; the sequence is empty where not. */
napi_value write_state(napi_env env, napi_callback_info info) {
  return guarded(env, [&] {
    const auto values = arguments_of(env, info, 3);
    Engine *engine = open_engine(env, values[0]);
    const int32_t sequence = integer(env, values[1]);
    void *data = nullptr;
    size_t size = 0;
    check(env, napi_get_buffer_info(env, values[2], &data, &size));
    api.llama_memory_seq_rm(api.llama_get_memory(engine->context), sequence, -1, -1);
    bool taken = false;
    try {
      taken = api.llama_state_seq_set_data(engine->context, static_cast<const uint8_t *>(data), size, sequence) == size;
    } catch (...) {
    }
    if (!taken) api.llama_memory_seq_rm(api.llama_get_memory(engine->context), sequence, -1, -1);
    napi_value result;
    check(env, napi_get_boolean(env, taken, &result));
    return result;
  });
}

/** endWithParent(): the system ends this process with the one that started it, also where it is computing and hears nothing. Only on Linux. */
napi_value end_with_parent(napi_env env, napi_callback_info) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  return undefined(env);
}

napi_value init(napi_env env, napi_value exports) {
  return guarded(env, [&] {
    const auto set = [&](const char *name, napi_callback callback) {
      napi_value function;
      check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function));
      check(env, napi_set_named_property(env, exports, name, function));
    };
    set("attach", attach);
    set("detach", detach);
    set("recurrent", recurrent);
    set("createSampler", create_sampler);
    set("setGrammar", set_grammar);
    set("setWritten", set_written);
    set("disposeSampler", dispose_sampler);
    set("step", step);
    set("readState", read_state);
    set("writeState", write_state);
    set("endWithParent", end_with_parent);
    return exports;
  });
}

}  // namespace

NAPI_MODULE(jan_engine, init)
