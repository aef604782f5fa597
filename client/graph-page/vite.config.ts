import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';

const root = new URL('.', import.meta.url).pathname;

/** The page as one file: script and style inside, and a policy that lets nothing run but that script, nor load anything. */
export default defineConfig({
  root,
  plugins: [inlined()],
  build: {
    outDir: '../../dist/export',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { output: { format: 'iife' } },
  },
});

function inlined(): Plugin {
  return {
    name: 'flamelab:inlined',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the page was not built');
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += file.source;
        if (name !== 'index.html') delete bundle[name];
      }
      // Inside a string or a template of the script, the escaped slash is the same slash.
      script = script.replaceAll('</script', '<\\/script');
      page.source = String(page.source)
        .replace(/\s*<(?:script type="module"|link rel="stylesheet")[^>]*>(?:<\/script>)?/g, '')
        .replace('<head>', () => `<head>\n    ${policyFor(script)}`)
        .replace('</head>', () => `<style>${style}</style>\n  </head>`)
        .replace('</body>', () => `<script>${script}</script>\n  </body>`);
    },
  };
}

function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const rules = ["default-src 'none'", `script-src 'sha256-${hash}'`, "style-src 'unsafe-inline'", 'img-src data:'];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join('; ')}" />`;
}
