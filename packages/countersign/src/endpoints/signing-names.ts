/** Names of services that signers confuse. */

/** What signers are seen to write in place of a signing name, besides the endpoint prefixes: the name, and the right ones. */
export const MISTAKEN_SERVICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['apigateway', ['execute-api']],
  ['execute-api', ['apigateway', 'lambda', 'appsync', 'vpc-lattice-svcs']],
  ['es', ['aoss', 'osis']],
  ['aoss', ['es']],
  ['opensearch', ['es', 'aoss']],
  ['elasticsearch', ['es']],
  ['opensearchserverless', ['aoss']],
  ['cloudwatch', ['monitoring', 'logs']],
  ['cloudwatchlogs', ['logs']],
  ['eventbridge', ['events']],
  ['stepfunctions', ['states']],
  ['stepfunction', ['states']],
  ['dynamo', ['dynamodb']],
  ['iot', ['iotdata', 'iotdevicegateway']],
  ['iot-data', ['iotdata']],
  ['iotdata', ['iotdevicegateway']],
  ['iotdevicegateway', ['iotdata']],
  ['elb', ['elasticloadbalancing']],
  ['elbv2', ['elasticloadbalancing']],
  ['emr', ['elasticmapreduce']],
  ['efs', ['elasticfilesystem']],
  ['parameterstore', ['ssm']],
  ['secrets', ['secretsmanager']],
  ['cognito', ['cognito-idp', 'cognito-identity']],
  ['rds', ['rds-db']],
  ['s3control', ['s3']],
  ['S3', ['s3']],
  ['queue', ['sqs']],
  ['lambda', ['execute-api']],
  ['appsync', ['execute-api']],
  ['neptune', ['neptune-db']],
  ['prometheus', ['aps']],
  ['sso', ['awsssoportal']],
])

/** The names most requests are signed for. */
export const COMMON_SERVICES: readonly string[] =
  's3 execute-api lambda sts iam dynamodb sqs sns es aoss ses bedrock logs monitoring iotdata iotdevicegateway kms secretsmanager ssm ec2 ecr apigateway appsync kinesis firehose events states s3express s3-outposts s3-object-lambda'.split(
    ' ',
  )
