// When a step changes its kind or is copied, a setting goes along only where it fits: a letter stays with a send task.
// Which kinds a setting fits (`hosts`: name of the setting -> kinds) comes from the vocabulary. Undoing brings back the rest.

// a task without a kind and one that is done by hand are read as one with a form
const READ_AS = { task: "userTask", manualTask: "userTask" };
const lower = (name) => name[0].toLowerCase() + name.slice(1);

export default function SettingsKept(eventBus, hosts) {
  eventBus.on("moddleCopy.canCopyProperty", 2000, ({ property, parent }) => {
    if (!property?.$type?.startsWith("case:") || parent?.$type !== "bpmn:ExtensionElements" || !parent.$parent) return undefined;
    const kind = lower(parent.$parent.$type.slice("bpmn:".length));
    const fits = hosts?.[lower(property.$type.slice("case:".length))];
    return !fits?.length || fits.includes(READ_AS[kind] ?? kind) ? undefined : false;
  });
}
SettingsKept.$inject = ["eventBus", "config.settingHosts"];
