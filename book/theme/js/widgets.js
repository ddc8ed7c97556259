// The place for live widgets, which come with a later lesson. A page will hold
//
//   <div class="widget" data-widget="NAME" data-module="theme/widgets.wasm"> … </div>
//
// whose content is what a reader without script sees (a recorded figure and its
// caption). When such a place comes into view, the module is fetched once for all
// of them and `register`ed code takes the place over:
//
//   courseWidgets.register('perceptron', (place, exports) => { … });
//
// Until a lesson registers something this does nothing and fetches nothing.
(() => {
  const makers = new Map();
  const modules = new Map();
  const root = document.documentElement.dataset.root;

  function module(path) {
    if (!modules.has(path)) {
      const fetched = WebAssembly.instantiateStreaming(fetch(root + path));
      modules.set(path, fetched.then(({ instance }) => instance.exports));
    }
    return modules.get(path);
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const make = makers.get(target.dataset.widget);
      if (isIntersecting && make) {
        watcher.unobserve(target);
        module(target.dataset.module).then((exports) => make(target, exports));
      }
    }
  });

  window.courseWidgets = {
    register(name, make) {
      makers.set(name, make);
      document.querySelectorAll(`[data-widget="${name}"]`).forEach((place) => watcher.observe(place));
    },
  };
})();
