export default {
  testEnvironment: "node",
  // All cores: jest leaves one free by itself, which on a small machine is half of it.
  maxWorkers: "100%",
  workerIdleMemoryLimit: "768MB",
  // No test asserts a time; a busy machine is not a failure.
  testTimeout: 120_000,
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "<rootDir>/test/transform.mjs",
      {
        jsc: { target: "es2024", parser: { syntax: "typescript" } },
        module: { type: "es6" },
      },
    ],
  },
  globalSetup: "<rootDir>/test/temporaryFolder/setUp.mjs",
  globalTeardown: "<rootDir>/test/temporaryFolder/tearDown.mjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  coverageProvider: "v8",
  collectCoverageFrom: ["lib/**/*.ts"],
};
