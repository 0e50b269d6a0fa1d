/** Does something again and again, as long as somebody can see it. */

/** @returns what ends it */
export function whileSeen(work, every) {
  let running = false;
  const once = async () => {
    if (document.hidden || running) {
      return;
    }
    running = true;
    try {
      await work();
    } finally {
      running = false;
    }
  };
  const timer = setInterval(once, every);
  document.addEventListener('visibilitychange', once);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', once);
  };
}
