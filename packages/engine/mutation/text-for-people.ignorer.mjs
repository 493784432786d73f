/** Leaves out what only people read: the texts of errors and the help of metrics. Changing a word there is no fault. */
import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

const isError = ({ callee, superClass }) => /Error$/.test((callee ?? superClass)?.name ?? '');

const ignorer = {
  shouldIgnore(path) {
    if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
    const { parent } = path;
    const isText =
      ((parent.type === 'NewExpression' && isError(parent)) ||
        (parent.type === 'CallExpression' && isError(parent))) &&
      !/^[A-Z_]+$/.test(path.node.value ?? '');
    return isText ? 'a text for people' : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'text-for-people', ignorer)];
