// tjut i VS Code: startar språkservern och ger kommandon. All kunskap finns i programmet.
'use strict';

const { spawnSync } = require('node:child_process');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

exports.activate = async function activate(context) {
  const commands = {
    'tjut.visa': () => run('preview'),
    'tjut.bygg': () => run('build'),
    'tjut.jamfor': () => run('diff'),
    'tjut.startaOm': restart,
  };
  for (const [name, act] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, act));
  }
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('tjut')) restart();
    }),
  );
  await start();
  await besideYaml(context);
};

exports.deactivate = () => client?.stop();

function setting(name) {
  return vscode.workspace.getConfiguration('tjut').get(name);
}

async function start() {
  const program = setting('program');
  if (spawnSync(program, ['--version']).error) {
    const choice = await vscode.window.showErrorMessage(
      `Programmet ”${program}” hittas inte. Installera tjut, eller ange var det finns.`,
      'Ange var det finns',
    );
    if (choice) vscode.commands.executeCommand('workbench.action.openSettings', 'tjut.program');
    return;
  }
  const args = ['lsp', ...(setting('utkast') ? ['--utkast'] : [])];
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient('tjut', 'tjut', { command: program, args, options: { cwd } }, {
    documentSelector: [
      { language: 'yaml', scheme: 'file' },
      { language: 'yaml', scheme: 'untitled' },
    ],
  });
  await client.start();
  vscode.commands.executeCommand('setContext', 'tjut.ar', true);
}

async function restart() {
  await client?.stop();
  client = undefined;
  await start();
}

// Kör ett kommando på den öppna filen som en uppgift: argumenten går till programmet som de är, utan att något skal
// tolkar dem, och svaret står kvar i terminalen.
async function run(verb) {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'yaml' || document.isUntitled) {
    vscode.window.showInformationMessage('Öppna ett ärende, en fil som slutar på .yaml, och spara det.');
    return;
  }
  await document.save();
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const process = new vscode.ProcessExecution(setting('program'), [verb, document.uri.fsPath], {
    cwd: folder?.uri.fsPath,
  });
  const scope = folder ?? vscode.TaskScope.Workspace;
  await vscode.tasks.executeTask(new vscode.Task({ type: 'process', verb }, scope, `tjut ${verb}`, 'tjut', process));
}

// Tillägget YAML ger förslag och fel för samma filer: frågar en gång om bara tjut ska göra det i mappen.
async function besideYaml(context) {
  const yaml = vscode.workspace.getConfiguration('yaml');
  const there = vscode.extensions.getExtension('redhat.vscode-yaml');
  if (!there || !vscode.workspace.workspaceFolders || !yaml.get('validate') || context.workspaceState.get('frågad')) return;
  const choice = await vscode.window.showInformationMessage(
    'Tillägget YAML ger också förslag och fel. Ska bara tjut göra det i den här mappen?',
    'Ja',
    'Nej',
  );
  if (choice) context.workspaceState.update('frågad', true);
  if (choice !== 'Ja') return;
  for (const part of ['validate', 'completion', 'hover', 'format.enable']) {
    await yaml.update(part, false, vscode.ConfigurationTarget.Workspace);
  }
}
